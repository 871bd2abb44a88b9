internal import Reprise

/// The copies as SARIF 2.1.0, for code scanning and editors.
struct SARIFReport {
  private let result: Check.Result
  private let hasBaseline: Bool
  private let hasAccepted: Bool

  /// GitHub keeps this many results of a file.
  private static let limit = 5000
  private static let relatedLimit = 10

  /// - Parameters:
  ///   - result: the copies.
  ///   - hasBaseline: true if some could be accepted.
  ///   - hasAccepted: true to write accepted copies, too, as suppressed.
  init(_ result: Check.Result, hasBaseline: Bool, hasAccepted: Bool) {
    (self.result, self.hasBaseline) = (result, hasBaseline)
    self.hasAccepted = hasAccepted
  }

  /// The file.
  var text: String {
    var buffer = ByteBuffer(capacity: 64 << 10)
    tree.appendPretty(to: &buffer)
    buffer.append("\n")
    return unsafe buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  private var tree: JSONTree {
    [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": .array([run]),
    ]
  }

  private var run: JSONTree {
    let new = result.reports.count
    let reports = result.reports + (hasAccepted ? result.accepted : [])
    // The longest are kept, new ones first, in the order of files.
    let kept = reports.indices.sorted {
      ($0 < new ? 0 : 1, reports[$1].finding.words, $0)
        < ($1 < new ? 0 : 1, reports[$0].finding.words, $1)
    }.prefix(Self.limit).sorted()
    var invocation: [JSONTree.Field] = [.init("executionSuccessful", .bool(true))]
    if kept.count < reports.count {
      let message = "\(reports.count - kept.count) shorter repeats are not in this file."
      invocation.append(
        .init(
          "toolExecutionNotifications",
          .array([["level": "note", "message": ["text": .string(message)]]])))
    }
    return [
      "tool": [
        "driver": [
          "name": "reprise", "semanticVersion": .string(ProgramVersion.text),
          "rules": .array(CheckFinding.Rule.allCases.map(Self.rule)),
        ]
      ],
      "invocations": .array([.object(invocation)]), "columnKind": "unicodeCodePoints",
      "originalUriBaseIds": [
        "%SRCROOT%": ["description": ["text": "The folder that was checked."]]
      ],
      "results": .array(kept.map { self.result(reports[$0], isAccepted: $0 >= new) }),
    ]
  }

  private static func rule(_ rule: CheckFinding.Rule) -> JSONTree {
    let isDocument = rule == .document
    return [
      "id": .string(rule.rawValue),
      "name": .string(isDocument ? "RepeatedDocument" : "RepeatedPassage"),
      "shortDescription": [
        "text": .string(
          isDocument ? "A file repeats another file" : "A passage occurs several times")
      ],
      "fullDescription": [
        "text": .string(
          isDocument
            ? "The file has most of its text in common with another file."
            : "The same words occur elsewhere.")
      ],
      "help": [
        "text":
          "Keep one of them and refer to it, or accept both with reprise check --update-baseline."
      ],
      "defaultConfiguration": ["level": "warning"],
    ]
  }

  private func result(_ report: CheckReport, isAccepted: Bool) -> JSONTree {
    let finding = report.finding
    let others = [report.kept] + finding.places.filter { $0 != report.copy && $0 != report.kept }
    let link = "[\(Self.escaped(report.kept.file))](1)"
    let message =
      finding.rule == .document
      ? "Repeats \(link)\(report.likeness)."
      : "\(finding.words) words that are also in \(link)\(report.likeness)."
    let related = others.prefix(Self.relatedLimit).enumerated().map { index, place in
      var fields = Self.location(place)
      fields.append(.init("id", .integer(index + 1)))
      fields.append(.init("message", ["text": .string("\(place.file):\(place.start.line)")]))
      return JSONTree.object(fields)
    }
    var fields: [JSONTree.Field] = [
      .init("ruleId", .string(finding.rule.rawValue)),
      .init("ruleIndex", .integer(finding.rule == .document ? 0 : 1)),
      .init("level", "warning"), .init("message", ["text": .string(message)]),
      .init("locations", .array([.object(Self.location(report.copy))])),
      .init("relatedLocations", .array(related)),
      .init("partialFingerprints", ["repriseFinding/v1": .string(finding.fingerprint)]),
    ]
    if hasBaseline {
      fields.append(.init("baselineState", isAccepted ? "unchanged" : "new"))
    }
    if isAccepted {
      var suppression: [JSONTree.Field] = [
        .init("kind", "external"), .init("status", "accepted"),
      ]
      if let reason = report.reason {
        suppression.append(.init("justification", .string(reason)))
      }
      fields.append(.init("suppressions", .array([.object(suppression)])))
    }
    return .object(fields)
  }

  private static func location(_ place: CheckFinding.Place) -> [JSONTree.Field] {
    [
      .init(
        "physicalLocation",
        [
          "artifactLocation": [
            "uri": .string(uri(place.file)), "uriBaseId": "%SRCROOT%",
          ],
          "region": [
            "startLine": .integer(place.start.line), "startColumn": .integer(place.start.column),
            "endLine": .integer(place.end.line), "endColumn": .integer(place.end.column),
          ],
        ])
    ]
  }

  /// A relative path as a URI reference.
  private static func uri(_ path: String) -> String {
    var uri = ""
    for byte in path.utf8 {
      let character = Character(Unicode.Scalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "/._-~".contains(character) {
        uri.append(character)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        uri += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return uri
  }

  /// Text in which brackets and backslashes are not those of a link.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "[]\\".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
