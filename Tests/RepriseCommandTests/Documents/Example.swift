import Foundation

/// Finds the calls of the command that documents and help texts show.
enum Example {
  /// The calls in fenced blocks and in backticks, each of them once.
  static func calls(in document: Document) -> [String] {
    let shown = document.blocks.flatMap { calls(in: $0.text.components(separatedBy: "\n")) }
    return distinct(shown + document.quotations.compactMap(call))
  }

  /// The calls between `EXAMPLES` and `USAGE` of a help text.
  static func calls(inHelp text: String) -> [String] {
    let lines = text.components(separatedBy: "\n")
    let from = lines.firstIndex { $0.hasSuffix("EXAMPLES") } ?? lines.endIndex
    let to = lines.firstIndex { $0.hasPrefix("USAGE:") } ?? lines.endIndex
    return from < to ? distinct(calls(in: Array(lines[from..<to]))) : []
  }

  private static func calls(in lines: [String]) -> [String] {
    // A backslash at the end of a line continues it on the next.
    let text = lines.joined(separator: "\n").replacingOccurrences(
      of: #" *\\\n *"#, with: " ", options: .regularExpression)
    return text.components(separatedBy: "\n").compactMap(call)
  }

  /// The call that a line shows, without the explanation after it; nil if it shows none.
  private static func call(_ line: String) -> String? {
    let line = line.trimmingCharacters(in: .whitespaces)
    guard
      line.hasPrefix("reprise ") || line.hasPrefix("scripts/reprise ")
        || line.contains("| reprise ")
    else { return nil }
    let call = line.replacingOccurrences(of: "scripts/reprise ", with: "reprise ")
    let words = call.components(separatedBy: " ").filter { !$0.isEmpty }
    // A command's name alone is not a call.
    guard words.count > 2 else { return nil }
    let explanation = call.range(of: #"(?<=\S) {4,}.*"#, options: .regularExpression)
    return explanation.map { String(call[..<$0.lowerBound]) } ?? call
  }

  private static func distinct(_ calls: [String]) -> [String] {
    var seen: Set<String> = []
    return calls.filter { seen.insert($0).inserted }
  }
}
