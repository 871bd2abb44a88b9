internal import Reprise

/// The options of a call: a JSON object with the names of the command's options.
struct OptionFields {
  private let fields: [String: JSONTree]
  private var known: Set<String> = []

  /// Parses the object.
  ///
  /// - Throws: an error for text that is not a JSON object, or that has a name twice.
  init(_ text: UnsafePointer<CChar>?) throws(CallError) {
    guard let text else { throw .option("There are no options.") }
    let tree: JSONTree
    do throws(JSONSyntaxError) {
      tree = try JSONTree(parsing: Array(String(cString: text).utf8))
    } catch {
      throw .option("The options are not JSON: \(error.sentence).")
    }
    guard case .object(let fields) = tree else { throw .option("The options are not an object.") }
    self.fields = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
  }

  /// Returns the value of an option; nil if it is not there or null.
  private mutating func value(_ name: String) -> JSONTree? {
    known.insert(name)
    guard let value = fields[name], value != .null else { return nil }
    return value
  }

  mutating func text(_ name: String) throws(CallError) -> String? {
    try value(name).map { value throws(CallError) in
      guard let text = value.string else { throw Self.wrong(name, "a string") }
      return text
    }
  }

  mutating func number(_ name: String) throws(CallError) -> Double? {
    try value(name).map { value throws(CallError) in
      guard let number = value.double else { throw Self.wrong(name, "a number") }
      return number
    }
  }

  mutating func integer(_ name: String) throws(CallError) -> Int? {
    try value(name).map { value throws(CallError) in
      guard let number = value.integer else { throw Self.wrong(name, "an integer") }
      return number
    }
  }

  mutating func flag(_ name: String) throws(CallError) -> Bool? {
    try value(name).map { value throws(CallError) in
      guard case .bool(let flag) = value else { throw Self.wrong(name, "true or false") }
      return flag
    }
  }

  /// Returns the strings of a list; one string is a list of one.
  mutating func texts(_ name: String) throws(CallError) -> [String]? {
    try value(name).map { value throws(CallError) in
      if let text = value.string { return [text] }
      let texts = (value.array ?? [.null]).map(\.string)
      guard !texts.contains(nil) else { throw Self.wrong(name, "a string or a list of strings") }
      return texts.compactMap { $0 }
    }
  }

  mutating func paths(_ name: String) throws(CallError) -> [BytePath]? {
    try texts(name)?.map { BytePath(pathBytes($0)) }
  }

  mutating func path(_ name: String) throws(CallError) -> BytePath? {
    try text(name).map { BytePath(pathBytes($0)) }
  }

  /// Returns the case that an option names.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Choice.Type
  ) throws(CallError) -> Choice? where Choice.RawValue == String {
    try text(name).map { text throws(CallError) in
      guard let choice = Choice(rawValue: text) else {
        let names = Choice.allCases.map { "\"\($0.rawValue)\"" }
        throw .option("The option \"\(name)\" is \(Self.list(names)), not \"\(text)\".")
      }
      return choice
    }
  }

  /// Ends the reading of options.
  ///
  /// - Throws: an error that names an option that was not asked for.
  func finish() throws(CallError) {
    guard let name = fields.keys.filter({ !known.contains($0) }).min() else { return }
    let names = known.sorted().map { "\"\($0)\"" }
    throw .option(
      "There is no option \"\(name)\" here. The options are \(Self.list(names, "and")).")
  }

  private static func wrong(_ name: String, _ kind: String) -> CallError {
    .option("The option \"\(name)\" must be \(kind).")
  }

  private static func list(_ names: [String], _ word: String = "or") -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "nothing" }
    return names.dropLast().joined(separator: ", ") + " \(word) " + last
  }
}

/// Returns the bytes of a path, in which U+10FE80 to U+10FEFF are bytes that are not UTF-8.
///
/// JSON has no such bytes. The command reads arguments in the same form.
private func pathBytes(_ text: String) -> [UInt8] {
  text.unicodeScalars.flatMap { scalar -> [UInt8] in
    (0x10FE80...0x10FEFF).contains(scalar.value)
      ? [UInt8(scalar.value - 0x10FE00)] : Array(String(scalar).utf8)
  }
}
