/// Writes all spreadsheets into one workbook (Office Open XML, ECMA-376).
///
/// Text is written as inline strings, which a spreadsheet does not compute and does not take for
/// numbers or dates, so nothing is put before it.
final class WorkbookWriter: SheetWriter {
  static let fileName = "results.xlsx"

  private let archive: ZipWriter
  private var names: [String] = []
  private var buffer = ByteBuffer()

  /// The number of UTF-16 units of a cell that Excel reads.
  private static let textLimit = 32_767

  init(in folder: BytePath) throws(CorpusError) {
    archive = try ZipWriter(creating: folder.appending(BytePath(Self.fileName)))
  }

  func begin(_ name: String, _ columns: [String]) throws(CorpusError) {
    names.append(name)
    try archive.begin("xl/worksheets/sheet\(names.count).xml")
    // The heading stays in view.
    buffer.append(
      Self.declaration
        + "<worksheet xmlns=\"\(Self.main)\"><sheetViews><sheetView workbookViewId=\"0\">"
        + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
        + "</sheetView></sheetViews><sheetData>")
    try append(columns.map { .text($0) })
  }

  func append(_ row: [SheetCell]) throws(CorpusError) {
    buffer.append("<row>")
    for cell in row {
      switch cell {
      case .none: buffer.append("<c/>")
      case .integer(let number): buffer.append("<c><v>\(number)</v></c>")
      case .number(let number): buffer.append("<c><v>\(number)</v></c>")
      case .text(let text):
        buffer.append("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">")
        buffer.append(Self.escaped(text))
        buffer.append("</t></is></c>")
      }
    }
    buffer.append("</row>")
    if buffer.count > 1 << 18 { try flush() }
  }

  private func flush() throws(CorpusError) {
    try unsafe buffer.withUnsafeBytes { bytes throws(CorpusError) in
      unsafe try archive.write(bytes)
    }
    buffer.removeAll()
  }

  func end() throws(CorpusError) {
    buffer.append("</sheetData></worksheet>")
    try flush()
    try archive.end()
  }

  func finish() throws(CorpusError) {
    let sheets = names.enumerated()
    try write(
      "xl/workbook.xml",
      "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.relationships)\"><sheets>"
        + sheets.map { index, name in
          "<sheet name=\"\(name)\" sheetId=\"\(index + 1)\" r:id=\"r\(index + 1)\"/>"
        }.joined() + "</sheets></workbook>")
    try write(
      "xl/_rels/workbook.xml.rels",
      "<Relationships xmlns=\"\(Self.package)/relationships\">"
        + sheets.map { index, _ in
          "<Relationship Id=\"r\(index + 1)\" Type=\"\(Self.relationships)/worksheet\" "
            + "Target=\"worksheets/sheet\(index + 1).xml\"/>"
        }.joined() + "</Relationships>")
    try write(
      "_rels/.rels",
      "<Relationships xmlns=\"\(Self.package)/relationships\"><Relationship Id=\"r1\" "
        + "Type=\"\(Self.relationships)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    )
    let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    try write(
      "[Content_Types].xml",
      "<Types xmlns=\"\(Self.package)/content-types\"><Default Extension=\"rels\" "
        + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(type).sheet.main+xml\"/>"
        + sheets.map { index, _ in
          "<Override PartName=\"/xl/worksheets/sheet\(index + 1).xml\" "
            + "ContentType=\"\(type).worksheet+xml\"/>"
        }.joined() + "</Types>")
    try archive.finish()
  }

  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let relationships =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  private func write(_ name: String, _ content: String) throws(CorpusError) {
    try archive.begin(name)
    buffer.append(Self.declaration + content)
    try flush()
    try archive.end()
  }

  /// The text of a cell: at most ``textLimit`` units, LF for every line end, and U+FFFD for what XML 1.0
  /// forbids and for other controls.
  private static func escaped(_ text: String) -> String {
    var scalars = Array(SheetCell.withPlainLines(text).unicodeScalars)
    if text.utf8.count > textLimit {
      var count = 0
      let end = scalars.firstIndex { scalar in
        count += UTF16.width(scalar)
        return count >= textLimit
      }
      if let end { scalars = scalars[..<end] + ["\u{2026}"] }
    }
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
      // What looks like an escape of the format is escaped (ST_Xstring).
      case "_" where isEscape(scalars[index...]):
        result.append(contentsOf: "_x005F_".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Whether text begins with `_x`, four hexadecimal digits and `_`.
  private static func isEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let head = Array(scalars.prefix(7))
    return head.count == 7 && head[1] == "x" && head[6] == "_"
      && head[2..<6].allSatisfy { $0.properties.isASCIIHexDigit }
  }
}
