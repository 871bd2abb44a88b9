/// What the parts of all chunks say of each source as a whole: its fingerprint and its encoding.
///
/// Every part is added once, in any order.
public struct SourceFacts: Sendable {
  /// The fingerprint of each source; nil until every part is there, and for good if the source could
  /// not be read to its end or is a pipe.
  public private(set) var fingerprints: [Fingerprint?]
  /// The encoding that each source is written in.
  public private(set) var encodings: [TextEncoding]
  private let byteCounts: [UInt64]
  private var unfinished: [Int: BlockHashes] = [:]

  /// Knows nothing yet.
  public init(of sources: [SourceFile]) {
    byteCounts = sources.map(\.byteCount)
    fingerprints = Array(repeating: nil, count: sources.count)
    encodings = Array(repeating: .utf8, count: sources.count)
  }

  /// Takes a part.
  public mutating func add(_ part: SourcePart) {
    if let encoding = part.encoding { encodings[part.source] = encoding }
    if let fingerprint = part.fingerprint {
      fingerprints[part.source] = fingerprint
      return
    }
    if part.blockHashes.isEmpty { return }
    var blocks =
      unfinished.removeValue(forKey: part.source)
      ?? BlockHashes(byteCount: byteCounts[part.source])
    for (place, hash) in part.blockHashes.enumerated() {
      blocks.record(block: part.firstBlock + place, hash: hash)
    }
    if let fingerprint = blocks.fingerprint {
      fingerprints[part.source] = fingerprint
    } else {
      unfinished[part.source] = blocks
    }
  }
}

/// What a part of a chunk says of its source as a whole.
public struct SourcePart: Hashable, Sendable {
  /// The source's place in the list of sources.
  public var source: Int
  /// The encoding that the source's bytes were converted from; nil if they are as in the file.
  public var encoding: TextEncoding?
  /// The number of the first of the blocks whose hashes are here.
  public var firstBlock = 0
  /// The hashes of the file's blocks in this part, for its fingerprint.
  public var blockHashes: [UInt64] = []
  /// The file's fingerprint, in the last part of a source that is read in order.
  public var fingerprint: Fingerprint?

  /// A part that says nothing yet.
  public init(source: Int) { self.source = source }

  private static let markedEncodings: [TextEncoding] = [
    .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
  ]

  /// The encoding as a number: 0 for none, 1 to 4 for those of byte order marks, 5 for the one that
  /// is named.
  public var encodingCode: UInt8 {
    guard let encoding else { return 0 }
    return UInt8((Self.markedEncodings.firstIndex(of: encoding) ?? Self.markedEncodings.count) + 1)
  }

  /// Takes the encoding that a number stands for.
  ///
  /// - Parameters:
  ///   - code: an ``encodingCode``.
  ///   - named: the encoding of files without a byte order mark.
  public mutating func setEncoding(code: UInt8, named: TextEncoding) {
    encoding =
      code == 0 ? nil : Self.markedEncodings.dropFirst(Int(code) - 1).first ?? named
  }
}
