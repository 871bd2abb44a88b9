import Foundation
import Testing

extension Workspace {
  /// The files of a results folder, times left out.
  func resultsFiles(_ output: String) throws -> [String: Data] {
    var files = try contents(output)
    #expect(files.count == 6)
    let summary = String(decoding: files["summary.json"] ?? Data(), as: UTF8.self)
    let lines = summary.split(separator: "\n").filter { !$0.contains("seconds\":") }
    files["summary.json"] = Data(lines.joined(separator: "\n").utf8)
    return files
  }

  /// All files below a folder.
  func contents(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try self.files(below: folder) {
      files[name] = try Data(contentsOf: url(folder).appendingPathComponent(name))
    }
    return files
  }

  /// Fails if two sets of files differ.
  func expectSame(_ left: [String: Data], _ right: [String: Data], _ comment: String = "") {
    // The bytes themselves would be a long message.
    for name in Set(left.keys).union(right.keys).sorted() {
      let isSame = left[name] == right[name]
      #expect(isSame, "\(name), \(comment)")
    }
  }
}
