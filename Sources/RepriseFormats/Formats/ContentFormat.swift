/// What the first bytes of a file say of its format.
enum ContentFormat: Equatable, Sendable {
  /// The file is read in this format.
  case read(RecordFormat)
  /// The file is not read; the sentence says what it is.
  case refused(String)

  /// The number of bytes that are looked at, unless a file is shorter.
  static let searchedByteCount = 64 << 10

  /// Recognizes the format of a file: first by its content, then by its name.
  ///
  /// - Parameters:
  ///   - head: the first bytes as UTF-8, after decompression.
  ///   - isWhole: true if they are all bytes of the file.
  ///   - name: the name of the file.
  ///   - named: the format that the name says.
  ///   - rules: the fields with the text of a record, and the options for tables.
  /// - Returns: the format.
  /// - Complexity: O(bytes).
  static func find(
    _ head: UnsafeRawBufferPointer, isWhole: Bool, name: BytePath, named: RecordFormat,
    rules: TableRules
  ) -> ContentFormat {
    if unsafe isParquet(head) { return .read(.parquet) }
    if let refused = unsafe refused(head) { return refused }
    guard named == .text || named.isTable else { return .read(named) }
    let mark = unsafe ByteOrderMark.isPresent(head) ? ByteOrderMark.byteCount : 0
    let content = unsafe UnsafeRawBufferPointer(rebasing: head[mark...])
    guard let first = unsafe content.first(where: { !JSONShape.isSpace($0) }) else {
      return .read(named)
    }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      if named.isTable { return .read(named) }
      if unsafe MailFolder.isBegun(by: content) {
        return .refused("this is a mail folder, which is not read")
      }
      return .read(unsafe table(head, isWhole: isWhole, name: name, rules) ?? .text)
    }
    // One object alone in a file that is named a text is that text.
    let plainName = Compression.strippedName(name)
    let isText = plainName.hasSuffix(".txt") || plainName.hasSuffix(".md")
    let fields = isText ? nil : rules.textFields
    switch unsafe JSONShape(Array(content), isWhole: isWhole, textFields: fields).find() {
    case .lines: return .read(.jsonLines)
    case .array: return .read(.jsonArray)
    case .objects where named == .text:
      return .refused(
        "these are JSON objects over several lines each, which are not read; `jq -c .` makes JSON "
          + "Lines of them")
    case .objects, .other: return .read(named)
    }
  }

  /// The format of a table under a name that does not say so; a text with marks is never one.
  private static func table(
    _ head: UnsafeRawBufferPointer, isWhole: Bool, name: BytePath, _ rules: TableRules
  ) -> RecordFormat? {
    guard !Compression.strippedName(name).hasSuffix(".md") else { return nil }
    return unsafe TableHead(head, isWhole: isWhole).format(rules)
  }

  /// Whether the first bytes are those of a Parquet file.
  static func isParquet(_ head: UnsafeRawBufferPointer) -> Bool {
    unsafe KnownFormat.find(in: head)?.isParquet ?? false
  }

  /// Recognizes the formats that are not read by the first bytes as they are stored.
  static func refused(_ head: UnsafeRawBufferPointer) -> ContentFormat? {
    unsafe KnownFormat.find(in: head).map { .refused("this is \($0.name), which is not read") }
  }
}

/// A folder of mail in one text file.
private enum MailFolder {
  private static let headers = ["from:", "to:", "date:", "subject:", "received:", "return-path:"]

  /// Whether a text begins with the line between two mails and the header of the first.
  static func isBegun(by content: UnsafeRawBufferPointer) -> Bool {
    guard unsafe content.starts(with: Array("From ".utf8)) else { return false }
    let start = unsafe String(decoding: content.prefix(2048), as: UTF8.self).lowercased()
    let lines = start.split(separator: "\n").dropFirst().prefix(12)
    return lines.count { line in headers.contains { line.hasPrefix($0) } } >= 2
  }
}
