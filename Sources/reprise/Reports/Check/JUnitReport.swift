internal import Reprise

/// The copies as JUnit XML: a test case for each file, which fails if it has a copy.
struct JUnitReport {
  private let result: Check.Result

  init(_ result: Check.Result) { self.result = result }

  /// The file.
  var text: String {
    let copies = Dictionary(grouping: result.reports, by: \.copy.file)
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
      <testsuite name="reprise" tests="\(result.files.count)" failures="\(copies.count)" errors="0">

      """
    for file in result.files {
      let name = Self.escaped(file)
      text += "<testcase classname=\"reprise\" name=\"\(name)\" file=\"\(name)\">"
      if let reports = copies[file] {
        let lines = reports.map { "\($0.copy.file):\($0.copy.start.line): \($0.message)" }
        text += "<failure message=\"\(Numbers.count(reports.count, "repeat"))\">"
        text += Self.escaped(lines.joined(separator: "\n")) + "</failure>"
      }
      text += "</testcase>\n"
    }
    return text + "</testsuite>\n</testsuites>\n"
  }

  /// Escapes markup; a character that XML 1.0 forbids becomes U+FFFD.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case "\r": result += "&#13;"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
