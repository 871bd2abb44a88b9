/// How values are written for a spreadsheet.
package struct SheetRules: Hashable, Sendable {
  /// True for one workbook of all spreadsheets, and not a file of comma-separated values for each; the
  /// rules of such files do not apply to it.
  package var isWorkbook = false
  /// The byte between the values of a row.
  package var separator = UInt8(ascii: ",")
  /// True for a comma in numbers, not a point.
  package var hasDecimalComma = false
  /// True to write an apostrophe before text that a spreadsheet would compute.
  package var guardsFormulas = true
  /// True to begin with a byte order mark, without which Excel takes UTF-8 for another encoding.
  package var hasByteOrderMark = true
  /// True to leave out documents that are kept as they are.
  package var onlyFindings = false

  /// Creates the usual rules.
  package init() {}
}
