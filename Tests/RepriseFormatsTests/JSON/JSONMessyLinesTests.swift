import Testing

@testable import RepriseFormats

/// Lines as they come from the wild, one of each class that a reader must tell apart.
@Suite struct JSONMessyLinesTests {
  enum Verdict: Equatable, Sendable {
    case string(String)
    case other(JSONValue.Kind)
    case missing
    case refused(JSONSyntaxError.Rule)
  }

  static let long = String(repeating: "word and another, ", count: 110_000)
  static let lines: [(String, Verdict)] = [
    (#"{"id": "ok-1", "text": "a good line"}"#, .string("a good line")),
    (#"{"id": "e", "text": ""}"#, .string("")),
    (#"{"id": "w", "text": " \t\n "}"#, .string(" \t\n ")),
    (#"{"id": "m"}"#, .missing),
    (#"{"text": null}"#, .other(.null)), (#"{"text": 12.5}"#, .other(.number)),
    (#"{"text": ["a", "b"]}"#, .other(.array)), (#"{"text": {"text": "a"}}"#, .other(.object)),
    (#"{"id": 9007199254740993, "text": "x"}"#, .string("x")),
    (#"{"id": "a\tb\nc", "text": "x"}"#, .string("x")),
    (#"{"text": "first", "text": "last"}"#, .string("last")),
    (#"{"text": "A\ud83d\ude00\u00e9\\\/"}"#, .string("A\u{1F600}\u{E9}\\/")),
    (#"{"text": "a \ud83d b"}"#, .string("a \u{FFFD} b")),
    (#"{"text": "a \ude00 b"}"#, .string("a \u{FFFD} b")),
    (#"{"text": "a\u0000b"}"#, .string("a\0b")),
    (#"{"text": "a \q b"}"#, .refused(.invalidEscape)),
    ("{\"text\": \"a\u{1}b\"}", .refused(.controlCharacter)),
    ("{\"text\": \"a\tb\"}", .refused(.controlCharacter)),
    ("{\"text\": \"a\0b\"}", .refused(.controlCharacter)),
    ("{\"text\": \"a\u{2028}b\u{2029}c\"}", .string("a\u{2028}b\u{2029}c")),
    ("{\"text\": \"a\u{85}b\"}", .string("a\u{85}b")),
    ("\u{FEFF}{\"text\": \"a\"}", .refused(.byteOrderMark)),
    (#"{"id": "t", "text": "cut off"#, .refused(.unterminatedString)),
    (#"{"text": "a",}"#, .refused(.trailingComma)),
    (#"{'text': 'a'}"#, .refused(.expectedName)),
    (#"{"text": NaN}"#, .other(.notFinite)),
    (#"{"score": NaN, "x": [Infinity, {"y": -Infinity}], "text": "a"}"#, .string("a")),
    (#"{"text": "a"} {"text": "b"}"#, .refused(.trailingBytes)),
    (#"{"text": "a"} and more"#, .refused(.trailingBytes)),
    (#"["text", "a"]"#, .refused(.notAnObject(.array))),
    (#""text""#, .refused(.notAnObject(.string))), ("17", .refused(.notAnObject(.number))),
    ("null", .refused(.notAnObject(.null))),
    ("", .refused(.emptyRecord)), ("     ", .refused(.emptyRecord)),
    ("// a comment", .refused(.expectedValue)), ("id,text,date", .refused(.expectedValue)),
    ("  \t{ \"text\" : \"a\" }  ", .string("a")),
    (#"{"ID": "k", "Text": "a", "TEXT": "b"}"#, .missing),
    (#"{"meta": {"text": "inner"}, "text": "outer"}"#, .string("outer")),
    (#"{"meta": [{"id": 1}], "id": 2, "text": "a"}"#, .string("a")),
    (#"{"t": true, "f": false, "n": null, "a": [1, {"x": []}], "text": "a"}"#, .string("a")),
    (
      "{\"deep\": \(String(repeating: "[", count: 5_000))"
        + "\(String(repeating: "]", count: 5_000)), \"text\": \"a\"}", .string("a")
    ),
    ("{\"n\": 1\(String(repeating: "0", count: 5_000)), \"text\": \"a\"}", .string("a")),
    (
      "{\((0..<5_000).map { "\"k\($0)\": \($0), " }.joined())\"text\": \"a\"}", .string("a")
    ),
    ("{\"text\": \"\(long)\"}", .string(long)),
    ("{\"text\": \"a\"}\r\n", .string("a")),
  ]

  @Test(arguments: lines.indices)
  func `gives the right verdict on a line`(index: Int) {
    let (line, expected) = Self.lines[index]
    let bytes = Array(line.utf8)
    let verdict: Verdict
    do throws(JSONSyntaxError) {
      switch try scan(bytes)[0] {
      case nil: verdict = .missing
      case .some(let value) where value.kind == .string:
        verdict = .string(text(of: value, in: bytes))
      case .some(let value): verdict = .other(value.kind)
      }
    } catch {
      verdict = .refused(error.rule)
    }
    #expect(verdict == expected, "line: \(line.prefix(100))")
  }
}
