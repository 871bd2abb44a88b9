import Foundation

/// A record of a JSON Lines file.
struct TestRecord {
  var id: String
  var text: String
  /// More fields, each as JSON.
  var fields: [(name: String, json: String)] = []

  init(_ id: String, _ text: String, _ fields: (name: String, json: String)...) {
    self.id = id
    self.text = text
    self.fields = fields
  }

  /// The record as one line, without its end.
  var line: String {
    let more = fields.map { ",\"\($0.name)\":\($0.json)" }.joined()
    return "{\"id\":\(Self.json(id)),\"text\":\(Self.json(text))\(more)}"
  }

  /// The bytes of a file of records.
  static func lines(_ records: [TestRecord]) -> [UInt8] {
    records.flatMap { Array($0.line.utf8) + [0x0A] }
  }

  /// Numbered records of these texts: `d0`, `d1`, ...
  static func numbered(_ texts: [String]) -> [TestRecord] {
    texts.enumerated().map { TestRecord("d\($0)", $1) }
  }

  // What must be escaped, is; everything else stands as it is.
  static func json(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
