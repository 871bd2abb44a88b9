/// A table with the columns of records, written in the forms that RFC 4180 allows.
struct TestTable {
  /// The bytes of the file.
  private(set) var bytes: [UInt8] = []

  /// Writes the records with the columns `id`, `text` and those of the fields of the first one.
  ///
  /// - Parameters:
  ///   - records: the records.
  ///   - delimiter: the character between two fields.
  ///   - lineEnd: the end of each row.
  ///   - quotesAll: true to put quotes around every field.
  init(
    _ records: [TestRecord], delimiter: Character = ",", lineEnd: String = "\n",
    quotesAll: Bool = false
  ) {
    var rows = [["id", "text"] + (records.first?.fields.map(\.name) ?? [])]
    rows += records.map { [$0.id, $0.text] + $0.fields.map(\.json) }
    let lines = rows.map { row in
      row.map { Self.field($0, delimiter, quotesAll) }.joined(separator: String(delimiter))
        + lineEnd
    }
    bytes = lines.flatMap { Array($0.utf8) }
  }

  private static func field(_ text: String, _ delimiter: Character, _ quotes: Bool) -> String {
    let special: Set<Unicode.Scalar> = ["\"", "\n", "\r"]
    let isSpecial = text.unicodeScalars.contains {
      special.contains($0) || Character($0) == delimiter
    }
    guard quotes || isSpecial else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
