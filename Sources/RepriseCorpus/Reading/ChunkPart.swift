/// The stretch of one source that a chunk covers.
public struct ChunkPart: Hashable, Sendable {
  /// The source's place in the list of sources.
  public internal(set) var source: Int
  /// Bytes from the start of the decoded file to this stretch.
  public internal(set) var offset: UInt64
  /// The records of this stretch among the chunk's records.
  public internal(set) var records: Range<Int>
  /// Line feeds in this stretch.
  ///
  /// A record's line in its file is the sum over the parts before plus its own. A file that is one
  /// record counts none.
  public internal(set) var lineFeedCount = 0
  /// Whether nothing of the source follows in later parts.
  public internal(set) var endsSource: Bool
  /// The encoding that the source's bytes were converted from; nil if they are as in the file.
  public internal(set) var encoding: TextEncoding?
  /// The number of the first of the blocks whose hashes are here.
  public internal(set) var firstBlock = 0
  /// The hashes of the file's blocks in this stretch, for its fingerprint.
  public internal(set) var blockHashes: [UInt64] = []
  /// The file's fingerprint, in the last part of a source that is read in order.
  public internal(set) var fingerprint: Fingerprint?

  init(source: Int, offset: UInt64, records: Range<Int>, endsSource: Bool) {
    self.source = source
    self.offset = offset
    self.records = records
    self.endsSource = endsSource
  }

  /// A part whose records are not here any more: what is left is what the fingerprint needs.
  ///
  /// - Parameters:
  ///   - source: the source's place in the list of sources.
  ///   - firstBlock: the number of the first of the blocks.
  ///   - blockHashes: the hashes of blocks.
  ///   - fingerprint: the whole file's fingerprint, if the part gave it.
  ///   - encodingCode: the part's ``encodingCode``.
  ///   - named: the encoding of files without a byte order mark.
  public init(
    finished source: Int, firstBlock: Int, blockHashes: [UInt64], fingerprint: Fingerprint?,
    encodingCode: UInt8, named: TextEncoding
  ) {
    self.init(source: source, offset: 0, records: 0..<0, endsSource: false)
    self.firstBlock = firstBlock
    self.blockHashes = blockHashes
    self.fingerprint = fingerprint
    let marked =
      encodingCode > 0 ? Self.markedEncodings.dropFirst(Int(encodingCode) - 1).first : nil
    encoding = encodingCode > 0 ? marked ?? named : nil
  }

  /// The part without what is known only at its end: its lines and its file's hashes.
  public var withoutEnd: ChunkPart {
    var part = self
    (part.lineFeedCount, part.firstBlock, part.blockHashes) = (0, 0, [])
    part.fingerprint = nil
    return part
  }

  /// The encoding as a number: 0 for none, 1 to 4 for those of byte order marks, 5 for the one that
  /// is named.
  public var encodingCode: UInt8 {
    guard let encoding else { return 0 }
    return UInt8((Self.markedEncodings.firstIndex(of: encoding) ?? Self.markedEncodings.count) + 1)
  }

  private static let markedEncodings: [TextEncoding] = [
    .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
  ]
}

/// What could not be read of a source.
public struct ChunkProblem: Hashable, Sendable {
  /// What is wrong, in which file, at which byte.
  public internal(set) var error: CorpusError
  /// The part of the chunk that is concerned.
  public internal(set) var part: Int
  /// Line feeds from the start of the part to the place, if lines are counted there.
  public internal(set) var line: Int?
  /// Whether the rest of the source is lost; otherwise only one record or the search of one line is.
  public internal(set) var endsSource: Bool
  /// The record that is lost, if it is one: it begins at the error's byte.
  public internal(set) var lostRecord: LostRecord?
}

/// How long a record is that was passed over.
public enum LostRecord: Hashable, Sendable {
  /// So many bytes, without a line end that is not part of it.
  case bytes(Int)
  /// Up to the next record of its source, or the source's end.
  case upToNext
}
