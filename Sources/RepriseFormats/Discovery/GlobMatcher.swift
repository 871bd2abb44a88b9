/// Matches a pattern against a text.
///
/// It follows all states of the pattern at once, so it never backtracks.
struct GlobMatcher {
  private let tokens: [GlobToken]
  private var states: [Bool]

  /// Returns whether a pattern matches all of a text.
  /// - Complexity: O(tokens * characters).
  static func matches(_ tokens: [GlobToken], _ text: [UInt32]) -> Bool {
    var matcher = GlobMatcher(tokens: tokens)
    for character in text where !matcher.step(character) { return false }
    return matcher.states[tokens.count]
  }

  private init(tokens: [GlobToken]) {
    self.tokens = tokens
    states = Array(repeating: false, count: tokens.count + 1)
    enter(0, &states)
  }

  /// Marks a state, and those that can be reached from it without a character.
  private func enter(_ state: Int, _ set: inout [Bool]) {
    var state = state
    set[state] = true
    while state < tokens.count {
      switch tokens[state] {
      case .star, .rest, .folders: state += 1
      case .literal, .any, .set: return
      }
      set[state] = true
    }
  }

  /// Processes one character; returns false if no state is left.
  private mutating func step(_ character: UInt32) -> Bool {
    var next = Array(repeating: false, count: states.count)
    let isSlash = character == GlobText.slash
    for state in 0..<tokens.count where states[state] {
      switch tokens[state] {
      case .literal(let wanted): if wanted == character { enter(state + 1, &next) }
      case .any: if !isSlash { enter(state + 1, &next) }
      case .set(let ranges, let isNegated):
        if !isSlash, ranges.contains(where: { $0.contains(character) }) != isNegated {
          enter(state + 1, &next)
        }
      case .star: if !isSlash { enter(state, &next) }
      case .rest: enter(state, &next)
      case .folders:
        // Inside a component the state cannot advance; after its slash it can.
        next[state] = true
        if isSlash { enter(state + 1, &next) }
      }
    }
    states = next
    return next.contains(true)
  }
}
