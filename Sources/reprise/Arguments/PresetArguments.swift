internal import ArgumentParser
internal import Reprise

/// The option that names a set of options.
struct PresetArguments: ParsableArguments {
  /// The preset that the arguments name.
  ///
  /// The defaults of the other options depend on it, so it is known before they are parsed.
  @TaskLocal static var given: Preset?

  @Option(
    help: ArgumentHelp(
      """
      Options for one use; options that are given replace them. reprise scan --help lists them.
      """, valueName: "use"))
  var preset: Preset?

  /// One line for each preset, for help.
  static let list = Preset.allCases.map { preset in
    "  " + preset.rawValue.aligned(left: 9) + " " + preset.arguments.joined(separator: " ")
  }.joined(separator: "\n")

  /// Returns the preset that arguments name; nil if there is none, or an unknown one, which the
  /// parser then reports.
  static func preset(in arguments: [String]) -> Preset? {
    let options = arguments.prefix { $0 != "--" }
    var name: Substring?
    for (index, argument) in options.enumerated() {
      if argument == "--preset", index + 1 < options.count {
        name = options[index + 1][...]
      } else if argument.hasPrefix("--preset=") {
        name = argument.dropFirst("--preset=".count)
      }
    }
    return name.flatMap { Preset(rawValue: String($0)) }
  }
}
