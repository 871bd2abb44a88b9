internal import Reprise

/// Opens files in the browser of the desktop.
enum BrowserWindow {
  /// Opens a file, or says on standard error why it cannot be opened and what to do.
  ///
  /// The file is there, so that is not an error.
  static func open(_ path: BytePath) {
    let displays = ["DISPLAY", "WAYLAND_DISPLAY"].compactMap(environment)
    guard displays.contains(where: { !$0.isEmpty }) else {
      return tell(
        "there is no display",
        "copy the file to a computer with a browser; it needs no other file")
    }
    // A name that begins with a hyphen would be an option.
    let name = path.text.hasPrefix("-") ? "./" + path.text : path.text
    guard let program = try? ChildProcess(["xdg-open", name], isSilent: true) else {
      return tell("xdg-open is not installed", "install xdg-utils, or open the file in a browser")
    }
    if !program.succeedsOrRuns() {
      tell("xdg-open found no browser", "open the file in a browser")
    }
  }

  private static func tell(_ reason: String, _ hint: String) {
    MessageStream.standardError.line("reprise: the report is not opened: \(reason).")
    MessageStream.standardError.line("hint: \(hint)")
  }
}
