internal import Glibc

/// The properties of a stream that the program writes to.
struct Terminal: Sendable {
  /// True if lines can be redrawn.
  var canRedraw: Bool
  /// True if text may be coloured.
  var hasColor: Bool
  /// Columns of a line.
  var width: Int

  /// A stream that is not a terminal.
  static let none = Terminal(canRedraw: false, hasColor: false, width: 80)

  /// Asks the system and the environment (`TERM`, `NO_COLOR`, `COLUMNS`) about a descriptor.
  init(descriptor: Int32) {
    let kind = environment("TERM") ?? "dumb"
    let isTerminal = isatty(descriptor) == 1 && kind != "dumb"
    self.init(
      canRedraw: isTerminal, hasColor: isTerminal && (environment("NO_COLOR") ?? "").isEmpty,
      width: Self.width(descriptor))
  }

  init(canRedraw: Bool, hasColor: Bool, width: Int) {
    self.canRedraw = canRedraw
    self.hasColor = hasColor
    self.width = width
  }

  /// The text in bold where there is colour.
  func bold(_ text: String) -> String { hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// The text in green where there is colour.
  func green(_ text: String) -> String { hasColor ? "\u{1B}[32m\(text)\u{1B}[0m" : text }

  /// The text in red where there is colour.
  func red(_ text: String) -> String { hasColor ? "\u{1B}[31m\(text)\u{1B}[0m" : text }

  private static func width(_ descriptor: Int32) -> Int {
    var size = winsize()
    if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 {
      return max(20, Int(size.ws_col))
    }
    return max(20, environment("COLUMNS").flatMap { Int($0) } ?? 80)
  }
}

/// A variable of the environment.
func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
