/// An encoding of text, identified by its name.
package struct TextEncoding: Hashable, Sendable, CustomStringConvertible {
  /// The name in capitals.
  package let name: String

  private init(known name: String) { self.name = name }

  /// The encoding that needs no conversion.
  package static let utf8 = TextEncoding(known: "UTF-8")
  static let utf16LittleEndian = TextEncoding(known: "UTF-16LE")
  static let utf16BigEndian = TextEncoding(known: "UTF-16BE")
  static let utf32LittleEndian = TextEncoding(known: "UTF-32LE")
  static let utf32BigEndian = TextEncoding(known: "UTF-32BE")

  /// The name of the encoding.
  package var description: String { name }

  /// Creates an encoding by a name that the system's `iconv` knows, or by another form of such a
  /// name.
  ///
  /// UTF-16 and UTF-32 without a byte order are little-endian, unless a byte order mark indicates
  /// otherwise.
  ///
  /// - Throws: `encoding` for an unknown name, with a similar one if there is one.
  package init(named name: String) throws(CorpusError) {
    let upper = name.uppercased()
    let known = TextEncoding(known: Self.otherNames[upper] ?? upper)
    // With spaces, the system takes some names for others.
    if !upper.contains(" "), known.isSupported {
      self = known
      return
    }
    guard let usual = EncodingNames.usual(upper) else {
      throw CorpusError(.encoding, EncodingNames.refusal(upper))
    }
    try self.init(named: usual)
  }

  private var isSupported: Bool {
    do throws(CorpusError) {
      _ = try makeDecoder()
      return true
    } catch {
      return false
    }
  }

  private static let otherNames = [
    "UTF8": "UTF-8", "UTF16": "UTF-16LE", "UTF-16": "UTF-16LE", "UTF16LE": "UTF-16LE",
    "UTF16BE": "UTF-16BE", "UTF32": "UTF-32LE", "UTF-32": "UTF-32LE", "UTF32LE": "UTF-32LE",
    "UTF32BE": "UTF-32BE",
  ]

  /// True if the meaning of bytes can depend on the bytes before them, so that text cannot be cut:
  /// after escape sequences, or where letters are combined with the marks that follow.
  var isContextual: Bool {
    let name = EncodingNames.plain(name)
    return Self.contextualPrefixes.contains { name.hasPrefix(EncodingNames.plain($0)) }
  }

  private static let contextualPrefixes = [
    "ISO-2022", "ISO2022", "ISO_2022", "CSISO2022", "UTF-7", "UTF7", "HZ", "IBM9", "IBM13", "IBM5",
    "IBM16", "TSCII", "CP1255", "WINDOWS-1255", "MS-HEBR", "CP1258", "WINDOWS-1258", "TCVN",
    "BIG5-HKSCS", "BIG5HKSCS", "EUC-JISX0213", "EUC-JIS-2004", "SHIFT_JISX0213", "SHIFT_JIS-2004",
    "UNICODE", "UCS-2", "UCS2", "ISO-10646",
  ]

  /// Returns the encoding of the byte order mark at the start of a file; nil if there is none.
  static func marked(_ start: UnsafeRawBufferPointer) -> TextEncoding? {
    if unsafe ByteOrderMark.isPresent(start) { return .utf8 }
    if unsafe start.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32LittleEndian }
    if unsafe start.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32BigEndian }
    if unsafe start.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if unsafe start.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    return nil
  }

  /// Creates a converter to UTF-8; nil for UTF-8 itself.
  ///
  /// - Throws: `encoding` if the system does not know the name.
  func makeDecoder() throws(CorpusError) -> (any TextDecoder)? {
    switch self {
    case .utf8: nil
    case .utf16LittleEndian: UTF16Decoder(isBigEndian: false)
    case .utf16BigEndian: UTF16Decoder(isBigEndian: true)
    case .utf32LittleEndian: UTF32Decoder(isBigEndian: false)
    case .utf32BigEndian: UTF32Decoder(isBigEndian: true)
    default: try IconvDecoder(name)
    }
  }
}

extension TextEncoding {
  /// The encodings that are detected, in the order of their numbers in signature files.
  ///
  /// New ones are added at the end.
  static let detectable: [TextEncoding] = [
    "ISO-8859-1", "ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5", "ISO-8859-6",
    "ISO-8859-7", "ISO-8859-8", "ISO-8859-9", "ISO-8859-10", "ISO-8859-11", "ISO-8859-13",
    "ISO-8859-15", "ISO-8859-16", "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253",
    "WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "IBM852", "IBM855", "IBM866",
    "KOI8-R", "MAC-CYRILLIC", "MAC-CENTRALEUROPE", "TIS-620", "VISCII", "BIG5", "EUC-TW",
    "GB18030", "SHIFT_JIS", "EUC-JP", "EUC-KR", "UHC",
  ].map { TextEncoding(known: $0) }
}
