internal import RepriseCore
public import RepriseFormats

extension Comparison {
  /// Defines how the files of a comparison are read.
  public struct Reading: Hashable, Sendable {
    /// The encoding of a file without a byte order mark: a name that the system's `iconv` knows, or
    /// `auto` to detect that of each file that is not UTF-8.
    public var encoding = "UTF-8"
    /// The fields with the text of a JSON record; empty if a file is a text.
    ///
    /// A field is named as in ``InputOptions/textFields``.
    public var textFields: [String] = []

    /// Creates options for UTF-8 texts.
    public init() {}

    /// Reads a text of at most `limit` bytes.
    fileprivate func text(
      of name: BytePath, limit: Int
    ) throws(CorpusError) -> NamedText.Content {
      var options = ReadingOptions()
      options.detectsEncodings = encoding.lowercased() == "auto"
      if !options.detectsEncodings { options.encoding = try TextEncoding(named: encoding) }
      options.maximumRecordByteCount = limit
      return try NamedText(options, fields: textFields).read(name)
    }
  }

  /// Compares two files, each as one text.
  ///
  /// Compressed files are decoded. A path is that of a file, `-` for standard input, or the path of a
  /// file with JSON records, `#` and the line on which a record begins. With text fields, a file that
  /// has one record is that record.
  ///
  /// - Throws: an error for a file that cannot be read, is no text or has no such record, or for a
  ///   parameter that is out of range.
  public init(
    pathA: BytePath, pathB: BytePath, reading: Reading = Reading(), shingleLength: Int = 5,
    slotCount: Int = 256, minimumPassage: Int = 50, minimumIdentity: Double = 0.9,
    tokens: TokenRules = TokenRules()
  ) throws(RepriseError) {
    guard pathA != InputFile.standardInputPath || pathB != InputFile.standardInputPath else {
      throw .invalidParameter("standard input cannot be both texts")
    }
    let limit = tokens.maximumByteCount
    let first: NamedText.Content
    let second: NamedText.Content
    do throws(CorpusError) {
      first = try reading.text(of: pathA, limit: limit)
      second = try reading.text(of: pathB, limit: limit)
    } catch {
      throw RepriseError(error)
    }
    unsafe try self.init(
      first.bytes.span.bytes, second.bytes.span.bytes, shingleLength: shingleLength,
      slotCount: slotCount, minimumPassage: minimumPassage, minimumIdentity: minimumIdentity,
      tokens: tokens)
    try Self.refuseBinary(first, pathA, self.first)
    try Self.refuseBinary(second, pathB, self.second)
  }

  private static func refuseBinary(
    _ content: NamedText.Content, _ path: BytePath, _ side: Side
  ) throws(RepriseError) {
    guard content.mayBeBinary else { return }
    let binary = unsafe content.bytes.withUnsafeBytes {
      unsafe BinaryContent($0, invalidSequenceCount: side.invalidSequenceCount)
    }
    if let binary { throw RepriseError(.notText(path, binary.description)) }
  }
}
