internal import ArgumentParser
internal import Reprise

/// The arguments of `reprise export`, and the command itself.
struct ExportCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the results of a scan for a spreadsheet.",
    usage: "reprise export <results> --output <folder> [options]",
    discussion: """
      Writes documents.csv, clusters.csv, pairs.csv, passages.csv and sources.csv:
      UTF-8 with a byte order mark, a heading, text in quotes. Text that a spreadsheet
      would compute, such as =1+1, begins with an apostrophe. After 1,048,575 rows,
      the most that Excel reads, documents-2.csv begins. With --xlsx, the folder has
      one workbook, in which ids stay what they are. For programs, the JSON Lines of
      the results folder are better: nothing in them is changed.

      EXAMPLES
        reprise scan seeds
        reprise export reprise-results --output sheets
        reprise export reprise-results --output workbook --xlsx
        reprise export reprise-results --output tabelle --separator ';' --decimal-comma
      """)

  @Argument(help: "Results folder written by reprise scan.", completion: .directory)
  var results: BytePath

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder for the files: new or empty.", valueName: "folder"),
    completion: .directory)
  var output: BytePath

  @Flag(name: .customLong("xlsx"), help: "Write one workbook, results.xlsx.")
  var isWorkbook = false

  @Option(
    help: ArgumentHelp("The character between values, or tab.", valueName: "character"),
    transform: ExportCommand.separator)
  var separator = SheetRules().separator

  @Flag(name: .customLong("decimal-comma"), help: "Write 0,5 and not 0.5.")
  var hasDecimalComma = false

  @Flag(name: .customLong("only-findings"), help: "Leave out documents that are kept whole.")
  var onlyFindings = false

  @Flag(name: .customLong("no-guard"), help: "Write text that begins like a formula as it is.")
  var hasNoGuard = false

  @Flag(name: .customLong("no-bom"), help: "Omit the byte order mark.")
  var hasNoMark = false

  func validate() throws {
    if results.bytes.isEmpty { throw ValidationError("The name of the results folder is empty.") }
    if output.bytes.isEmpty { throw ValidationError("--output needs the name of a folder.") }
    if isWorkbook,
      separator != SheetRules().separator || hasDecimalComma || hasNoGuard || hasNoMark
    {
      throw ValidationError(
        "--separator, --decimal-comma, --no-guard and --no-bom are for CSV, not for --xlsx.")
    }
    if hasDecimalComma && separator == UInt8(ascii: ",") {
      throw ValidationError("--decimal-comma needs another --separator, such as ';'.")
    }
  }

  func execute() throws -> ExitStatus {
    var rules = SheetRules()
    rules.isWorkbook = isWorkbook
    rules.separator = separator
    rules.hasDecimalComma = hasDecimalComma
    rules.guardsFormulas = !hasNoGuard
    rules.hasByteOrderMark = !hasNoMark
    rules.onlyFindings = onlyFindings
    let cancellation = Cancellation()
    Interruption.watchOutput(cancellation)
    let outcome: (sheets: [Export.Sheet], warnings: [RepriseError])
    do throws(RepriseError) {
      outcome = try Export(results: results, output: output, rules: rules)
        .run(cancellation: cancellation)
    } catch {
      throw CommandError.reading(error, by: "export")
    }
    let lines = outcome.sheets.map {
      SafeText.line(output.appending(BytePath($0.file)).text)
        + (isWorkbook ? ", \($0.name): " : ": ") + Numbers.count($0.rowCount, "row")
    }
    try StandardOutput.write(lines.joined(separator: "\n") + "\n")
    MessageStream.standardError.warn(outcome.warnings.map(\.description))
    return outcome.warnings.isEmpty ? .done : .incomplete
  }

  private static func separator(_ text: String) throws -> UInt8 {
    let byte = try DelimiterArgument.parse(text)
    let isInNumbers =
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
    guard byte == 9 || (32..<127).contains(byte), byte != UInt8(ascii: "\""), !isInNumbers else {
      throw ValidationError("it must not be a digit, a quote, a point or a control character.")
    }
    return byte
  }
}
