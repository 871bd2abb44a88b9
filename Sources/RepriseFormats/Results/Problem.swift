/// Something that was skipped or replaced: one line of `problems.jsonl`.
public struct Problem: Equatable, Sendable {
  /// The file with the problem.
  public var source: String
  /// The line in the file, counted from 1.
  public var line: Int?
  /// The byte offset in the decoded file.
  public var byte: Int?
  /// The id of the document with the problem.
  public var id: String?
  /// The class of the problem, as in `problems.jsonl`.
  public var className: String { reason.name }
  /// The class of the problem.
  package var reason: CorpusError.Reason
  /// A whole sentence.
  public var message: String

  /// Creates a problem; omitted values are unknown.
  package init(
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

  /// Creates a problem from an error.
  package init(_ error: CorpusError, id: String? = nil) {
    self.init(
      source: error.path?.text ?? "", line: error.line.map { Int(clamping: $0) },
      byte: error.byte.map { Int(clamping: $0) }, id: id, reason: error.reason,
      message: error.description)
  }
}

extension CorpusError {
  /// Creates the error of a problem that would otherwise only be reported.
  ///
  /// - Parameters:
  ///   - problem: the problem.
  ///   - introduction: words before its sentence.
  package init(_ problem: Problem, introduction: String = "") {
    let message = problem.message.hasSuffix(".") ? problem.message.dropLast() : problem.message[...]
    self.init(problem.reason, introduction + message)
    let path = BytePath(problem.source)
    // The message about a whole file already names the file.
    if !message.hasPrefix("\"\(path)\"") {
      self.path = path
      line = problem.line.map { UInt64($0) }
      byte = problem.byte.map { UInt64($0) }
    }
  }

  /// Returns the error that ends a strict run because of a problem.
  package static func stopped(by problem: Problem) -> Self {
    Self(problem, introduction: "stopped at the first problem: ")
  }

  /// The error of a file whose content is no text, with the sentence that says so.
  package static func notText(_ path: BytePath, _ sentence: String) -> Self {
    Self(.notText, sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence, path: path)
  }
}

extension Problem: ResultEntry {
  /// Writes every key, with null for unknown values.
  package func write(to writer: inout JSONWriter) {
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
  /// Reads the JSON form; `nil` if a field is missing.
  package init?(_ tree: JSONTree) {
    guard let source = tree["source"]?.string, let name = tree["class"]?.string,
      let message = tree["message"]?.string, tree["line"]?.integer ?? 0 >= 0,
      tree["byte"]?.integer ?? 0 >= 0
    else { return nil }
    self.init(
      source: source, line: tree["line"]?.integer, byte: tree["byte"]?.integer,
      id: tree["id"]?.string, reason: CorpusError.Reason(name), message: message)
  }
}
