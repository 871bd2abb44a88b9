internal import Reprise

/// The content of `.reprise.toml`: the part of TOML that flat settings need.
///
/// A line is `key = value`, `[[group]]`, a comment, or empty. A value is a string, a number, true or false, or an
/// array of strings, which may continue on further lines. Other tables, dates and multiline strings are errors
/// that say so.
struct CheckSettings {
  var paths: [BytePath] = []
  var exclude: [String] = []
  var ignoredTexts: [BytePath] = []
  var baseline: BytePath?
  var minimumPassage: Int?
  var threshold: Double?
  var find: FindScope?
  var ignoresCode: Bool?
  var groups: [[String]] = []

  private static let name = ".reprise.toml"
  private static let keys = [
    "paths", "exclude", "ignore-text", "baseline", "min-passage", "threshold", "find",
    "ignore-code",
  ]

  /// Creates settings without a value.
  init() {}

  /// Reads a file, or the first `.reprise.toml` in this folder and those above, up to the top of the
  /// repository.
  ///
  /// - Throws: an error with line and column.
  static func find(_ path: BytePath?) throws -> CheckSettings {
    if let path { return try CheckSettings(readingFrom: path, folder: "") }
    var folder: BytePath = ""
    for _ in 0..<64 {
      let file = folder.appending(BytePath(name))
      if CheckFiles.exists(file) { return try CheckSettings(readingFrom: file, folder: folder) }
      if CheckFiles.exists(folder.appending(".git")) { break }
      folder = folder.appending("..")
    }
    return CheckSettings()
  }

  private init(readingFrom path: BytePath, folder: BytePath) throws {
    let content: [UInt8]
    do throws(CorpusError) {
      content = try InputFile.content(of: path, limit: 1 << 20)
    } catch {
      throw CommandError(error.description)
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw CommandError("\"\(path)\" is not UTF-8.")
    }
    var parser = SettingsParser(text, path: path)
    var seen: Set<String> = []
    while let setting = try parser.next() {
      if setting.isTable {
        guard setting.key == "group" else {
          throw parser.failure("the only table is [[group]]", at: setting.place)
        }
        groups.append([])
        continue
      }
      if !groups.isEmpty {
        guard setting.key == "paths", case .strings(let globs) = setting.value, !globs.isEmpty,
          groups[groups.count - 1].isEmpty
        else {
          throw parser.failure(
            "a [[group]] has one key, 'paths', an array of globs; other keys come before the groups",
            at: setting.place)
        }
        groups[groups.count - 1] = globs.map { Self.located($0, folder).text }
        continue
      }
      guard Self.keys.contains(setting.key) else {
        throw parser.failure(
          "unknown key '\(setting.key)'; the keys are \(Self.keys.joined(separator: ", "))",
          at: setting.place)
      }
      guard seen.insert(setting.key).inserted else {
        throw parser.failure("the key '\(setting.key)' is there twice", at: setting.place)
      }
      guard set(setting.key, setting.value, folder) else {
        throw parser.failure("'\(setting.key)' has an impossible value", at: setting.valuePlace)
      }
    }
    guard !groups.contains([]) else {
      throw parser.failure("a [[group]] needs 'paths'", at: parser.place)
    }
  }

  /// Sets a value; false if it is not one that the key can have.
  private mutating func set(
    _ key: String, _ value: SettingsParser.Value, _ folder: BytePath
  ) -> Bool {
    switch (key, value) {
    case ("paths", .strings(let texts)): paths = texts.map { Self.located($0, folder) }
    case ("exclude", .strings(let texts)): exclude = texts
    case ("ignore-text", .strings(let texts)): ignoredTexts = texts.map { Self.located($0, folder) }
    case ("baseline", .string(let text)): baseline = Self.located(text, folder)
    case ("min-passage", .number(let number)):
      guard number == number.rounded(), (16...1e9).contains(number) else { return false }
      minimumPassage = Int(number)
    case ("threshold", .number(let number)):
      guard number > 0, number <= 1 else { return false }
      threshold = number
    case ("find", .string(let text)):
      guard let scope = FindScope(rawValue: text) else { return false }
      find = scope
    case ("ignore-code", .bool(let flag)): ignoresCode = flag
    default: return false
    }
    return true
  }

  private static func located(_ text: String, _ folder: BytePath) -> BytePath {
    let path = BytePath(text)
    return path.isAbsolute ? path : folder.appending(path)
  }
}
