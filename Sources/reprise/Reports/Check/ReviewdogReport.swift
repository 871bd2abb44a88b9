internal import Reprise

/// The copies as lines of reviewdog's diagnostic format (rdjsonl).
struct ReviewdogReport {
  private let result: Check.Result

  init(_ result: Check.Result) { self.result = result }

  /// One JSON object a copy, each on a line.
  var text: String {
    var writer = JSONWriter(capacity: 4096)
    for report in result.reports {
      let line: JSONTree = [
        "message": .string(report.message), "location": Self.location(report.copy),
        "severity": "WARNING", "source": ["name": "reprise"],
        "code": ["value": .string(report.finding.rule.rawValue)],
        "related_locations": .array([
          ["message": "the text that it repeats", "location": Self.location(report.kept)]
        ]),
      ]
      line.write(to: &writer)
      writer.endLine()
    }
    return unsafe writer.buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  private static func location(_ place: CheckFinding.Place) -> JSONTree {
    [
      "path": .string(place.file),
      "range": ["start": position(place.start), "end": position(place.end)],
    ]
  }

  private static func position(_ position: TextPosition) -> JSONTree {
    ["line": .integer(position.line), "column": .integer(position.column)]
  }
}
