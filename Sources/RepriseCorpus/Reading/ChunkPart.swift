/// The stretch of one source that a chunk covers.
public struct ChunkPart: Hashable, Sendable {
  /// What the stretch says of the source as a whole.
  public internal(set) var facts: SourcePart
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

  init(source: Int, offset: UInt64, records: Range<Int>, endsSource: Bool) {
    facts = SourcePart(source: source)
    self.offset = offset
    self.records = records
    self.endsSource = endsSource
  }

  /// The source's place in the list of sources.
  public var source: Int { facts.source }

  /// The part without what is known only at its end: its lines and its file's hashes.
  public var withoutEnd: ChunkPart {
    var part = self
    part.lineFeedCount = 0
    (part.facts.firstBlock, part.facts.blockHashes, part.facts.fingerprint) = (0, [], nil)
    return part
  }
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
