/// Which of the open brackets are objects: one bit a level, and no allocation up to 64 levels.
struct NestingStack {
  private(set) var depth = 0
  private var word: UInt64 = 0
  private var full: [UInt64] = []

  /// Whether the innermost open bracket is an object's.
  var isObject: Bool { word & 1 == 1 }

  mutating func push(isObject: Bool) {
    if depth > 0 && depth % 64 == 0 {
      full.append(word)
    }
    word = word << 1 | (isObject ? 1 : 0)
    depth += 1
  }

  mutating func pop() {
    depth -= 1
    word = depth > 0 && depth % 64 == 0 ? full.removeLast() : word >> 1
  }
}
