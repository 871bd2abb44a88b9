/// Something that was skipped or repaired: one line of `problems.jsonl`.
public struct Problem: Equatable, Sendable {
  /// The file concerned.
  public var source: String
  /// The line concerned, counted from 1.
  public var line: Int?
  /// The byte concerned in the decoded file.
  public var byte: Int?
  /// The id of the document concerned.
  public var id: String?
  /// The class of the problem.
  public var reason: CorpusError.Reason
  /// A whole sentence.
  public var message: String

  /// Creates a problem; what is not given is not known.
  public init(
    source: String, line: Int? = nil, byte: Int? = nil, id: String? = nil,
    reason: CorpusError.Reason, message: String
  ) {
    self.source = source
    self.line = line
    self.byte = byte
    self.id = id
    self.reason = reason
    self.message = message
  }

  /// Takes what an error says.
  public init(_ error: CorpusError, id: String? = nil) {
    self.init(
      source: error.path?.text ?? "", line: error.line.map { Int(clamping: $0) },
      byte: error.byte.map { Int(clamping: $0) }, id: id, reason: error.reason,
      message: error.description)
  }
}

extension CorpusError {
  /// A run ends because of a problem, which would have been reported otherwise.
  public static func stopped(by problem: Problem) -> Self {
    let message = problem.message.hasSuffix(".") ? problem.message.dropLast() : problem.message[...]
    var error = Self(problem.reason, "stopped at the first problem: \(message)")
    let path = BytePath(problem.source)
    // The sentence of a file as a whole names it.
    if !message.hasPrefix("\"\(path)\"") {
      error.path = path
      error.line = problem.line.map { UInt64($0) }
      error.byte = problem.byte.map { UInt64($0) }
    }
    return error
  }
}

extension Problem: ResultEntry {
  /// Writes every key, with null for what is not known.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.string(source, for: "source")
    writer.integer(line, for: "line")
    writer.integer(byte, for: "byte")
    writer.string(id, for: "id")
    writer.string(reason.name, for: "class")
    writer.string(message, for: "message")
    writer.endObject()
  }
}

extension Problem {
  /// Reads what ``write(to:)`` wrote; `nil` if a part is missing.
  public init?(_ tree: JSONTree) {
    guard let source = tree["source"]?.string, let name = tree["class"]?.string,
      let message = tree["message"]?.string, tree["line"]?.integer ?? 0 >= 0,
      tree["byte"]?.integer ?? 0 >= 0
    else { return nil }
    self.init(
      source: source, line: tree["line"]?.integer, byte: tree["byte"]?.integer,
      id: tree["id"]?.string, reason: CorpusError.Reason(name), message: message)
  }
}
