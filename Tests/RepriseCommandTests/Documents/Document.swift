import Foundation

/// A document of the repository.
struct Document {
  /// The lines of the text.
  let lines: [String]

  /// Reads a document; `path` begins at the top of the repository.
  init(_ path: String) throws {
    let file = Self.top.appendingPathComponent(path)
    lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
  }

  static let top = GoldenCase.testFolder.deletingLastPathComponent().deletingLastPathComponent()

  /// The fenced blocks in order, each with the language after its opening fence.
  var blocks: [(language: String, text: String)] {
    var blocks: [(language: String, text: String)] = []
    var isInside = false
    for line in lines {
      if line.hasPrefix("```") {
        if !isInside { blocks.append((String(line.dropFirst(3)), "")) }
        isInside.toggle()
      } else if isInside {
        blocks[blocks.count - 1].text += line + "\n"
      }
    }
    return blocks
  }

  /// The words in backticks outside the blocks.
  var quotations: [String] {
    var isInside = false
    let prose = lines.filter { line in
      let isFence = line.hasPrefix("```")
      if isFence { isInside.toggle() }
      return !isInside && !isFence
    }
    let parts = prose.joined(separator: " ").components(separatedBy: "`")
    return parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] }
  }
}
