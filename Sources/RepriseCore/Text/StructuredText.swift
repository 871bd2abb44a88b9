/// Recognizes text that is broken if a part of it is cut: mark-up, source code, tables, settings.
package enum StructuredText {
  /// Whether a text looks like mark-up, source code or JSON.
  ///
  /// - Parameter text: UTF-8.
  /// - Returns: true if many lines look like that.
  /// - Complexity: O(the first 8 KiB).
  package static func isRecognized(_ text: UnsafeRawBufferPointer) -> Bool {
    // In bounds: the length is at most that of the text.
    let start = unsafe text[..<min(text.count, sampleByteCount)]
    var lines = LineShapes()
    var line = unsafe start.startIndex
    var at = line
    while unsafe at < start.endIndex {
      if unsafe start[at] == 0x0A {
        unsafe lines.add(start[line..<at])
        line = at + 1
      }
      at += 1
    }
    unsafe lines.add(start[line...])
    return lines.isStructured
  }

  private static let sampleByteCount = 1 << 13
}

/// Counts the shapes of a text's lines.
private struct LineShapes {
  private var count = 0
  /// Lines that begin and end like mark-up.
  private var tagged = 0
  /// Lines that end as statements and blocks do.
  private var statements = 0
  /// Lines that open or close a block.
  private var blocks = 0
  /// Lines that begin with a keyword and end with a colon, or that import or return.
  private var keywords = 0
  private var firstBytes: [UInt8] = []

  private static let declarations = [
    "<?xml", "<!doctype", "<html", "<svg", "<rss", "#!/", "<?php", "{\"", "[{\"",
  ]
  private static let keywordsBeforeColon = [
    "def ", "class ", "if ", "elif ", "else", "for ", "while ", "try", "except", "with ",
  ].map { Array($0.utf8) }
  private static let keywordsAlone = [
    "import ", "from ", "return", "#include ", "using ", "package ",
  ].map { Array($0.utf8) }

  mutating func add(_ line: Slice<UnsafeRawBufferPointer>) {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    guard let start = unsafe line.firstIndex(where: { !isSpace($0) }),
      let end = unsafe line.lastIndex(where: { !isSpace($0) })
    else { return }
    let text = unsafe line[start...end]
    let last = unsafe line[end]
    if count == 0 { firstBytes = unsafe Array(text.prefix(16)) }
    count += 1
    if unsafe text[start] == UInt8(ascii: "<") && last == UInt8(ascii: ">") { tagged += 1 }
    let before = unsafe end > start ? line[end - 1] : 0
    switch last {
    case UInt8(ascii: ";"): statements += 1
    case UInt8(ascii: "{"), UInt8(ascii: "}"):
      // Two braces are a template in wiki text.
      if before != last {
        statements += 1
        blocks += 1
      }
    default: break
    }
    let begins: (_ keyword: [UInt8]) -> Bool = { unsafe text.starts(with: $0) }
    if Self.keywordsAlone.contains(where: begins)
      || (last == UInt8(ascii: ":") && Self.keywordsBeforeColon.contains(where: begins))
    {
      keywords += 1
    }
  }

  var isStructured: Bool {
    let first = String(decoding: firstBytes, as: UTF8.self).lowercased()
    if Self.declarations.contains(where: first.hasPrefix) { return true }
    if 2 * tagged > count { return true }
    if blocks >= 2 && 20 * blocks >= count && 10 * statements >= 3 * count { return true }
    return keywords >= 4 && 10 * keywords >= count
  }
}
