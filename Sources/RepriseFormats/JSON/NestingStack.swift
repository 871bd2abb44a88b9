/// Remembers which of the open brackets are objects.
///
/// It uses one bit per level, and does not allocate memory for up to 64 levels.
struct NestingStack {
  private(set) var depth = 0
  private var word: UInt64 = 0
  private var full: [UInt64] = []

  /// True if the innermost open bracket is that of an object.
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
