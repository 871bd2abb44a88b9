internal import Reprise
internal import RepriseSystem

/// The copies as workflow commands of GitHub Actions.
///
/// GitHub shows ten warnings of a step and drops the others, so the text always comes first.
struct GitHubAnnotations {
  private let result: Check.Result
  private static let limit = 10

  init(_ result: Check.Result) { self.result = result }

  /// Returns the text in a group, and the annotations.
  func text(after text: String) -> String {
    var lines: [String] = []
    for report in result.reports.prefix(Self.limit) {
      lines.append(
        "::warning file=\(Self.property(report.copy.file)),line=\(report.copy.start.line),"
          + "endLine=\(report.copy.end.line),title=\(report.finding.rule.rawValue)::"
          + Self.data(report.message + "\n" + SafeText.line(report.finding.title)))
    }
    let more = result.reports.count - Self.limit
    if more > 0 {
      lines.append(
        "::notice title=reprise::\(Numbers.count(more, "further repeat")) in the log: GitHub shows "
          + "\(Self.limit) of a step")
    }
    return "::group::reprise check\n" + Self.inert(text) + "::endgroup::\n"
      + lines.map { $0 + "\n" }.joined()
  }

  /// Returns text with no line that GitHub reads as a command.
  private static func inert(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.drop { $0 == " " }.hasPrefix("::") ? ". " + $0 : String($0)
    }.joined(separator: "\n")
  }

  private static func data(_ text: String) -> String { escaped(text, ["%", "\r", "\n"]) }

  private static func property(_ text: String) -> String {
    escaped(text, ["%", "\r", "\n", ":", ","])
  }

  private static func escaped(_ text: String, _ special: Set<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard special.contains(scalar) else {
        result.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result.append(contentsOf: ("%" + (digits.count == 1 ? "0" : "") + digits).unicodeScalars)
    }
    return String(result)
  }
}

/// The copies as a Markdown table in the summary of a GitHub step.
struct GitHubSummary {
  private let result: Check.Result
  /// GitHub refuses a summary of more than 1 MiB.
  private static let byteLimit = 1_000_000

  init(_ result: Check.Result) { self.result = result }

  /// Appends the table to the file that `GITHUB_STEP_SUMMARY` names, if it is set.
  func write() throws {
    guard let path = unsafe getenv("GITHUB_STEP_SUMMARY").map({ unsafe String(cString: $0) }),
      !path.isEmpty, !result.reports.isEmpty
    else { return }
    try CheckFiles.append(text, to: path)
  }

  /// The table.
  var text: String {
    var text = "| file | lines | repeats |\n|---|---|---|\n"
    for (index, report) in result.reports.enumerated() {
      let row =
        "| \(Self.cell(report.copy.file)) | \(report.copy.start.line)-\(report.copy.end.line) | "
        + "\(Self.cell(report.message)) |\n"
      guard text.utf8.count + row.utf8.count < Self.byteLimit else {
        return text
          + "\n\(Numbers.count(result.reports.count - index, "further repeat")) in the log.\n"
      }
      text += row
    }
    return text
  }

  private static func cell(_ text: String) -> String {
    var result = ""
    for scalar in SafeText.line(text).unicodeScalars {
      if "\\`*_{}[]<>()#+!|&~".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
