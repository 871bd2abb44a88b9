/// How a file holds documents.
public enum InputFormat: String, Sendable, CaseIterable {
  /// One document, or articles one after another.
  case text
  /// JSON Lines: one JSON object a line, one document an object.
  case jsonl
}
