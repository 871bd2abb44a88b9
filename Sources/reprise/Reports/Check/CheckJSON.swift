internal import Reprise

/// The result of a check as one JSON object.
struct CheckJSON {
  private let result: Check.Result

  init(_ result: Check.Result) { self.result = result }

  /// The object, on one line.
  var text: String {
    jsonReport { writer in
      writer.objects("repeats", result.reports) { writer, report in
        writer.field("rule", report.finding.rule.rawValue)
        writer.field("message", report.message)
        writer.field("words", report.finding.words)
        writer.field("likeness", report.copy.likeness)
        writer.object("copy") { Self.write(report.copy, to: &$0) }
        writer.object("repeats") { Self.write(report.kept, to: &$0) }
        writer.field("places", report.finding.places.count)
        writer.field("fingerprint", report.finding.fingerprint)
        writer.field("title", report.finding.title)
      }
      writer.field("files", result.files.count)
      writer.field("accepted", result.acceptedCount)
      writer.field("no_longer_needed", result.unused.count)
      writer.field("problems", result.problems.count)
    }
  }

  private static func write(_ place: CheckFinding.Place, to writer: inout JSONWriter) {
    writer.field("file", place.file)
    for (name, position) in [("start", place.start), ("end", place.end)] {
      writer.field("\(name)_line", position.line)
      writer.field("\(name)_column", position.column)
    }
  }
}
