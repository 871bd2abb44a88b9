import Foundation
import RepriseTestSupport

@testable import RepriseFormats

extension TestFolder {
  func path(_ name: String) -> BytePath { BytePath(path + "/" + name) }

  func bytes(_ name: String) -> [UInt8]? { try? OpenFile.content(of: path(name)) }

  func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

  /// Every name below the folder, hidden ones too.
  var names: [String] {
    (FileManager.default.subpaths(atPath: path) ?? []).sorted()
  }
}

/// A summary that lists the given inputs.
func summary(_ inputs: [InputEntry] = []) -> Summary {
  Summary(
    program: "0.1", scheme: ["id": "reprise-1", "shingle_tokens": .integer(5)],
    configuration: ["threshold": .double(0.8)], inputs: inputs,
    documents: ["total": .integer(3), "keep": .integer(2)], bytes: ["read": .integer(1 << 40)],
    words: ["total": .integer(7)], problems: ["encoding": .integer(1)],
    stages: [.init(name: "read", seconds: 0.25, processorSeconds: 0.5)])
}
