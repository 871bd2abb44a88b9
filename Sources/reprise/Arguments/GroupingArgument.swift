internal import ArgumentParser
internal import Reprise

/// The value of `--group-by`: `file`, `folder`, or `id:` and what ends the beginning of an id.
struct GroupingArgument: ExpressibleByArgument {
  /// The files or folders.
  var grouping = Report.Grouping.file
  /// What ends the beginning of an id; nil for files and folders.
  var idSeparator: String?

  /// By file.
  init() {}

  init?(argument: String) {
    if let grouping = Report.Grouping(rawValue: argument) {
      self.grouping = grouping
    } else if argument.hasPrefix("id:"), argument != "id:" {
      idSeparator = String(argument.dropFirst(3))
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { grouping.rawValue }

  /// The help of the option.
  static var optionHelp: ArgumentHelp {
    ArgumentHelp(
      "Show which file, folder or group of ids repeats which: file, folder, or id:TEXT for what ids have before the first TEXT, such as id:/.",
      valueName: "part")
  }
}
