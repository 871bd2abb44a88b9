internal import ArgumentParser
internal import Reprise

/// The value of `--group-by`: `file`, `folder`, `id:` and what ends the beginning of an id, or `field:` and a name.
struct GroupingArgument: ExpressibleByArgument {
  /// The files or folders.
  var grouping = Report.Grouping.file
  /// What tells documents apart; nil for files and folders.
  var documents: Report.DocumentGrouping?

  /// By file.
  init() {}

  init?(argument: String) {
    if let grouping = Report.Grouping(rawValue: argument) {
      self.grouping = grouping
    } else if argument.hasPrefix("id:"), argument != "id:" {
      documents = .id(separator: String(argument.dropFirst(3)))
    } else if argument.hasPrefix("field:"), argument != "field:" {
      documents = .field(String(argument.dropFirst(6)))
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { grouping.rawValue }

  /// The help of the option.
  static var optionHelp: ArgumentHelp {
    ArgumentHelp(
      "Show which file, folder or group of documents repeats which: file, folder, id:TEXT for what ids have before the first TEXT, such as id:/, or field:NAME for the value of a field or column.",
      valueName: "part")
  }
}
