/// Matches the tokens of a pattern against bytes, following all states of the pattern at once.
enum IgnoreMatcher {
  /// Returns whether a pattern matches all of a text.
  ///
  /// - Complexity: O(tokens * bytes); O(bytes) for a pattern without wildcards.
  static func matches(_ tokens: [IgnoreToken], _ text: ArraySlice<UInt8>) -> Bool {
    // Most patterns begin with a literal, and most texts with another.
    var first = 0
    var text = text
    while first < tokens.count, case .literal(let byte) = tokens[first] {
      guard text.popFirst() == byte else { return false }
      first += 1
    }
    if first == tokens.count { return text.isEmpty }
    var states = [Bool](repeating: false, count: tokens.count + 1)
    enter(first, tokens, &states)
    for byte in text {
      var next = [Bool](repeating: false, count: states.count)
      for state in first..<tokens.count where states[state] {
        step(tokens, state, byte, &next)
      }
      guard next.contains(true) else { return false }
      states = next
    }
    return states[tokens.count]
  }

  private static func step(
    _ tokens: [IgnoreToken], _ state: Int, _ byte: UInt8, _ next: inout [Bool]
  ) {
    let isSlash = byte == BytePath.separator
    switch tokens[state] {
    case .literal(let wanted): if wanted == byte { enter(state + 1, tokens, &next) }
    case .any: if !isSlash { enter(state + 1, tokens, &next) }
    case .set(let set): if set.contains(byte) { enter(state + 1, tokens, &next) }
    case .star: if !isSlash { enter(state, tokens, &next) }
    case .rest: enter(state, tokens, &next)
    case .folders:
      // Within a component only its slash leads to the next token.
      next[state] = true
      if isSlash { enter(state + 1, tokens, &next) }
    }
  }

  /// Marks a state, and those that can be reached from it without a byte.
  private static func enter(_ state: Int, _ tokens: [IgnoreToken], _ states: inout [Bool]) {
    var state = state
    states[state] = true
    while state < tokens.count {
      switch tokens[state] {
      case .star, .rest, .folders: state += 1
      case .literal, .any, .set: return
      }
      states[state] = true
    }
  }
}
