internal import Reprise

extension CheckReport {
  /// The message without its file: which place it repeats, and how much.
  var message: String {
    switch finding.rule {
    case .document:
      return "repeats \(SafeText.line(kept.file))\(likeness)"
    case .passage:
      let more = finding.places.count - 2
      return "\(Numbers.count(finding.words, "word")) that are also in "
        + "\(SafeText.line(kept.file)):\(kept.start.line)-\(kept.end.line)\(likeness)"
        + (more > 0 ? " and \(Numbers.count(more, "other place"))" : "")
    }
  }

  /// How alike the copy is; empty if it has the same words.
  var likeness: String {
    guard copy.likeness < 1 else { return "" }
    let name = finding.rule == .document ? "similarity" : "identity"
    return " (\(name) \(Self.rounded(copy.likeness)))"
  }

  /// The span of the copy: LINE:COLUMN-LINE:COLUMN.
  var span: String {
    "\(copy.start.line):\(copy.start.column)-\(copy.end.line):\(copy.end.column)"
  }

  private static func rounded(_ number: Double) -> String {
    // Rounded down, so that only equal words have 1.00.
    let hundredths = Int(number * 100)
    return "0." + (hundredths < 10 ? "0" : "") + "\(hundredths)"
  }
}

/// The copies as text for people: grouped by file, the totals last.
struct CheckText {
  let result: Check.Result
  let baseline: BytePath?
  let terminal: Terminal
  let isGrouped: Bool

  /// - Parameters:
  ///   - result: the result of the check.
  ///   - baseline: the file that accepts copies; nil without one.
  ///   - terminal: the terminal to print on.
  ///   - isGrouped: false to begin each line with FILE:LINE:COLUMN.
  init(_ result: Check.Result, baseline: BytePath?, terminal: Terminal, isGrouped: Bool) {
    (self.result, self.baseline, self.terminal, self.isGrouped) =
      (result, baseline, terminal, isGrouped)
  }

  /// The whole text.
  var text: String {
    var lines: [String] = []
    let spanWidth = result.reports.map(\.span.columnCount).max() ?? 0
    var file: String?
    for report in result.reports {
      let name = SafeText.line(report.copy.file)
      let rule = "[\(report.finding.rule.rawValue)]"
      guard isGrouped else {
        let place = "\(name):\(report.copy.start.line):\(report.copy.start.column)"
        lines.append("\(place): \(report.message) \(rule)")
        continue
      }
      if report.copy.file != file { lines.append(terminal.bold(name)) }
      file = report.copy.file
      let span = report.span + String(repeating: " ", count: spanWidth - report.span.columnCount)
      lines.append("  \(span)  \(report.message)  \(rule)")
      lines.append(
        "      " + SafeText.line(report.finding.title).fitted(to: max(20, terminal.width - 6)))
    }
    if !lines.isEmpty { lines.append("") }
    return (lines + totals).joined(separator: "\n") + "\n"
  }

  private var totals: [String] {
    let files = Set(result.reports.map(\.copy.file)).count
    var text =
      "\(Numbers.count(result.reports.count, "repeat")) in \(Numbers.count(files, "file")); "
      + "\(Numbers.count(result.files.count, "file")) read"
    guard let baseline else { return [text] }
    let name = SafeText.line(baseline.text)
    text += "; \(Numbers.grouped(result.acceptedCount)) accepted by \(name)"
    guard !result.unused.isEmpty else { return [text] }
    let unused = Numbers.grouped(result.unused.count)
    return [
      text,
      result.unused.count == 1
        ? "1 entry of \(name) is no longer needed; --prune-baseline removes it."
        : "\(unused) entries of \(name) are no longer needed; --prune-baseline removes them.",
    ]
  }
}
