/// The checksum, the format and the encoding of each input, collected from the slices of all chunks.
///
/// Every slice must be added once, in any order.
public struct SourceFacts: Sendable {
  /// The checksum of each input.
  ///
  /// It is nil until every slice was added, and remains nil if the input could not be read to its
  /// end or is a pipe.
  public private(set) var checksums: [FileChecksum?]
  /// The encoding in which each input is stored.
  public private(set) var encodings: [TextEncoding]
  /// The format in which each input was read.
  public private(set) var formats: [RecordFormat]
  private let byteCounts: [UInt64]
  private var unfinished: [Int: BlockHashes] = [:]

  /// Creates facts to which no slice was added.
  public init(of inputs: [InputFile]) {
    byteCounts = inputs.map(\.byteCount)
    checksums = Array(repeating: nil, count: inputs.count)
    encodings = Array(repeating: .utf8, count: inputs.count)
    formats = inputs.map(\.format)
  }

  /// Adds a slice.
  public mutating func add(_ slice: SourcePart) {
    if let encoding = slice.encoding { encodings[slice.input] = encoding }
    if let format = slice.format { formats[slice.input] = format }
    if let checksum = slice.checksum {
      checksums[slice.input] = checksum
      return
    }
    if slice.blockHashes.isEmpty { return }
    var blocks =
      unfinished.removeValue(forKey: slice.input)
      ?? BlockHashes(byteCount: byteCounts[slice.input])
    for (place, hash) in slice.blockHashes.enumerated() {
      blocks.record(block: slice.firstBlock + place, hash: hash)
    }
    if let checksum = blocks.checksum {
      checksums[slice.input] = checksum
    } else {
      unfinished[slice.input] = blocks
    }
  }
}

/// The facts that a slice contributes about its input.
public struct SourcePart: Hashable, Sendable {
  /// The index of the input in the list of inputs.
  public var input: Int
  /// The encoding from which the input was converted; nil if its bytes are as in the file.
  public var encoding: TextEncoding?
  /// The format that was recognized by the content; nil if it is the one that the name says.
  public var format: RecordFormat?
  /// The index in the file of the first hashed block.
  public var firstBlock = 0
  /// The hashes of the file's blocks in this slice, for its checksum.
  public var blockHashes: [UInt64] = []
  /// The file's checksum, in the last slice of an input that is read in order.
  public var checksum: FileChecksum?

  /// Creates a slice without facts.
  public init(input: Int) { self.input = input }

  private static let markedEncodings: [TextEncoding] = [
    .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
  ]

  /// The encoding as a number: 0 for none, 1 to 4 for those of byte order marks, 5 for the encoding
  /// that the options name.
  public var encodingCode: UInt8 {
    guard let encoding else { return 0 }
    return UInt8((Self.markedEncodings.firstIndex(of: encoding) ?? Self.markedEncodings.count) + 1)
  }

  private static let codedFormats: [RecordFormat] = [.text, .jsonLines, .jsonArray, .parquet]

  /// The format as a number: 0 for the one that the name says, 1 text, 2 JSON Lines, 3 a JSON array, 4 Parquet.
  public var formatCode: UInt8 {
    format.flatMap(Self.codedFormats.firstIndex(of:)).map { UInt8($0 + 1) } ?? 0
  }

  /// Sets the format from its ``formatCode``.
  public mutating func setFormat(code: UInt8) {
    format = code == 0 ? nil : Self.codedFormats.dropFirst(Int(code) - 1).first
  }

  /// Sets the encoding from its number.
  ///
  /// - Parameters:
  ///   - code: an ``encodingCode``.
  ///   - named: the encoding of files without a byte order mark.
  public mutating func setEncoding(code: UInt8, named: TextEncoding) {
    encoding =
      code == 0 ? nil : Self.markedEncodings.dropFirst(Int(code) - 1).first ?? named
  }
}
