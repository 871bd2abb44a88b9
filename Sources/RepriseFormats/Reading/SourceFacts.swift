/// The checksum, the format, the compression and the encoding of each input, collected from the slices of all chunks.
///
/// Every slice must be added once, in any order.
package struct SourceFacts: Sendable {
  /// The checksum of each input.
  ///
  /// It is nil until every slice was added, and remains nil if the input could not be read to its
  /// end or is a pipe.
  package private(set) var checksums: [FileChecksum?]
  /// The encoding in which each input is stored.
  package private(set) var encodings: [TextEncoding]
  /// The format in which each input was read.
  package private(set) var formats: [RecordFormat]
  /// The compression of each input.
  package private(set) var compressions: [Compression]
  private let byteCounts: [UInt64]
  private var unfinished: [Int: BlockHashes] = [:]

  /// Creates facts to which no slice was added.
  package init(of inputs: [InputFile]) {
    byteCounts = inputs.map(\.byteCount)
    checksums = Array(repeating: nil, count: inputs.count)
    encodings = Array(repeating: .utf8, count: inputs.count)
    formats = inputs.map(\.format)
    compressions = inputs.map(\.compression)
  }

  /// Adds a slice.
  package mutating func add(_ slice: SourcePart) {
    if let encoding = slice.encoding { encodings[slice.input] = encoding }
    if let format = slice.format { formats[slice.input] = format }
    if let compression = slice.compression { compressions[slice.input] = compression }
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
package struct SourcePart: Hashable, Sendable {
  /// The index of the input in the list of inputs.
  package var input: Int
  /// The encoding from which the input was converted; nil if its bytes are as in the file.
  package var encoding: TextEncoding?
  /// The format that was recognized by the content; nil if it is the one that the name says.
  package var format: RecordFormat?
  /// The compression of a pipe's data; nil if the input is no pipe, or not compressed.
  package var compression: Compression?
  /// The index in the file of the first hashed block.
  package var firstBlock = 0
  /// The hashes of the file's blocks in this slice, for its checksum.
  package var blockHashes: [UInt64] = []
  /// The file's checksum, in the last slice of an input that is read in order.
  package var checksum: FileChecksum?

  /// Creates a slice without facts.
  package init(input: Int) { self.input = input }

  private static let markedEncodings: [TextEncoding] = [
    .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
  ]

  /// The encoding as a number: 0 for none, 1 to 4 for those of byte order marks, 6 and above for
  /// those that are detected, 5 for another encoding that the options name.
  package var encodingCode: UInt8 {
    guard let encoding else { return 0 }
    if let place = Self.markedEncodings.firstIndex(of: encoding) { return UInt8(place + 1) }
    let place = TextEncoding.detectable.firstIndex(of: encoding)
    return place.map { UInt8($0) + Self.firstDetectedCode } ?? Self.namedCode
  }

  private static let namedCode: UInt8 = 5
  private static let firstDetectedCode: UInt8 = 6

  private static let codedFormats: [RecordFormat] = [
    .text, .jsonLines, .jsonArray, .csv, .tsv, .parquet,
  ]

  /// The format as a number: 0 for the one that the name says, 1 text, 2 JSON Lines, 3 a JSON array,
  /// 4 and 5 a table without and with tabs, 6 Parquet.
  package var formatCode: UInt8 {
    format.flatMap(Self.codedFormats.firstIndex(of:)).map { UInt8($0 + 1) } ?? 0
  }

  /// Sets the format from its ``formatCode``.
  package mutating func setFormat(code: UInt8) {
    format = code == 0 ? nil : Self.codedFormats.dropFirst(Int(code) - 1).first
  }

  private static let codedCompressions: [Compression] = [.gzip, .zstd]

  /// The compression as a number: 0 for the one with which the input was found, 1 gzip, 2 zstd.
  package var compressionCode: UInt8 {
    compression.flatMap(Self.codedCompressions.firstIndex(of:)).map { UInt8($0 + 1) } ?? 0
  }

  /// Sets the compression from its ``compressionCode``.
  package mutating func setCompression(code: UInt8) {
    compression = code == 0 ? nil : Self.codedCompressions.dropFirst(Int(code) - 1).first
  }

  /// Sets the encoding from its number.
  ///
  /// - Parameters:
  ///   - code: an ``encodingCode``.
  ///   - named: the encoding of files without a byte order mark.
  package mutating func setEncoding(code: UInt8, named: TextEncoding) {
    switch code {
    case 0: encoding = nil
    case ..<Self.namedCode: encoding = Self.markedEncodings[Int(code) - 1]
    default:
      let place = Int(code) - Int(Self.firstDetectedCode)
      let isDetected = TextEncoding.detectable.indices.contains(place)
      encoding = isDetected ? TextEncoding.detectable[place] : named
    }
  }
}
