/// Rows with a text each, in memory that the run does not own.
///
/// The rows and their bytes do not change while a run lasts. All functions may be called from any
/// thread.
package protocol MemoryRows: Sendable {
  /// The number of rows.
  var count: Int { get }
  /// True if the rows have ids.
  var hasIDs: Bool { get }
  /// Returns the size of a row's text in bytes; nil if it is missing.
  func textByteCount(ofRow row: Int) -> Int?
  /// Calls `body` with the text of a row, as UTF-8; does not call it if the text is missing.
  func withText(ofRow row: Int, _ body: (UnsafeRawBufferPointer) -> Void)
  /// Calls `body` with the id of a row; does not call it if the row has none.
  func withID(ofRow row: Int, _ body: (UnsafeRawBufferPointer) -> Void)
  /// Returns the values of a row for the keep order, in the order of the policy's fields; empty if
  /// there are none.
  func orderTexts(ofRow row: Int) -> [String?]
}

/// Rows whose texts are Swift strings.
struct StringRows: MemoryRows {
  let texts: [String?]
  let ids: [String?]
  let orderValues: [String?]

  var count: Int { texts.count }

  var hasIDs: Bool { !ids.isEmpty }

  func textByteCount(ofRow row: Int) -> Int? { texts[row]?.utf8.count }

  func withText(ofRow row: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    unsafe Self.withBytes(of: texts[row], body)
  }

  func withID(ofRow row: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    unsafe Self.withBytes(of: ids.isEmpty ? nil : ids[row], body)
  }

  func orderTexts(ofRow row: Int) -> [String?] { orderValues.isEmpty ? [] : [orderValues[row]] }

  private static func withBytes(of text: String?, _ body: (UnsafeRawBufferPointer) -> Void) {
    guard var text else { return }
    text.withUTF8 { unsafe body(UnsafeRawBufferPointer($0)) }
  }
}
