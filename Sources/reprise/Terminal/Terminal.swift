internal import RepriseSystem

/// The properties of a stream that may be a terminal.
struct Terminal: Sendable {
  /// True if lines can be redrawn.
  var canRedraw: Bool
  /// True if text may be colored.
  var hasColor: Bool
  /// The width of a line in columns.
  var width: Int

  /// The properties of a stream that is not a terminal.
  static let none = Terminal(canRedraw: false, hasColor: false, width: 80)

  /// Reads the properties of a descriptor from the system and the environment (`TERM`, `NO_COLOR`,
  /// `COLUMNS`).
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

  /// Returns the text in bold if colors are allowed.
  func bold(_ text: String) -> String { hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// Returns the text in green if colors are allowed.
  func green(_ text: String) -> String { hasColor ? "\u{1B}[32m\(text)\u{1B}[0m" : text }

  /// Returns the text in red if colors are allowed.
  func red(_ text: String) -> String { hasColor ? "\u{1B}[31m\(text)\u{1B}[0m" : text }

  private static func width(_ descriptor: Int32) -> Int {
    var size = winsize()
    if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 {
      return max(20, Int(size.ws_col))
    }
    return max(20, environment("COLUMNS").flatMap { Int($0) } ?? 80)
  }
}

/// Returns a variable of the environment; nil if it is not set.
func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
