/// How values are written for a spreadsheet.
public struct SheetRules: Hashable, Sendable {
  /// True for one workbook of all spreadsheets, and not a file of comma-separated values for each; the
  /// rules of such files do not apply to it.
  public var isWorkbook = false
  /// The byte between the values of a row.
  public var separator = UInt8(ascii: ",")
  /// True for a comma in numbers, not a point.
  public var hasDecimalComma = false
  /// True to write an apostrophe before text that a spreadsheet would compute.
  public var guardsFormulas = true
  /// True to begin with a byte order mark, without which Excel takes UTF-8 for another encoding.
  public var hasByteOrderMark = true
  /// True to leave out documents that are kept as they are.
  public var onlyFindings = false

  /// Creates the usual rules.
  public init() {}
}
