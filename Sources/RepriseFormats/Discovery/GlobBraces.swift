/// Expands a pattern with braces into its alternatives.
enum GlobBraces {
  private static let limit = 1000

  /// Returns all patterns without braces that a pattern with braces represents.
  static func expand(_ pattern: [UInt32]) throws(GlobFailure) -> [[UInt32]] {
    var finished: [[UInt32]] = []
    var waiting = [pattern]
    while let next = waiting.popLast() {
      guard let group = try firstGroup(in: next) else {
        finished.append(next)
        continue
      }
      for choice in group.choices {
        waiting.append(
          Array(next[..<group.range.lowerBound]) + choice + next[group.range.upperBound...])
      }
      if finished.count + waiting.count > limit {
        throw GlobFailure(message: "it has more than \(limit) alternatives")
      }
    }
    return finished
  }

  /// Returns the first brace group with its choices, which may contain nested groups.
  private static func firstGroup(
    in pattern: [UInt32]
  ) throws(GlobFailure) -> (range: Range<Int>, choices: [ArraySlice<UInt32>])? {
    var start: Int?
    var depth = 0
    var choiceStart = 0
    var choices: [ArraySlice<UInt32>] = []
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case 0x5C: index += 1
      case 0x5B:
        // Braces and commas inside brackets are literals.
        index = GlobToken.bracketEnd(pattern, index) ?? index
      case 0x7B:
        depth += 1
        if depth == 1 {
          start = index
          choiceStart = index + 1
        }
      case 0x2C where depth == 1:
        choices.append(pattern[choiceStart..<index])
        choiceStart = index + 1
      case 0x7D where depth > 0:
        depth -= 1
        if depth == 0, let start {
          choices.append(pattern[choiceStart..<index])
          return (start..<index + 1, choices)
        }
      default: break
      }
      index += 1
    }
    if depth > 0 { throw GlobFailure(message: "a brace is not closed") }
    return nil
  }
}
