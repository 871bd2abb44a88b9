internal import Reprise

/// The report of a comparison, as text and as JSON.
struct CompareReport {
  let comparison: Comparison
  private let paths: (BytePath, BytePath)
  private let shingleLength: Int
  private let slotCount: Int
  private let countsSymbols: Bool

  init(
    _ comparison: Comparison, paths: (BytePath, BytePath), shingleLength: Int, slotCount: Int,
    countsSymbols: Bool = false
  ) {
    self.countsSymbols = countsSymbols
    self.comparison = comparison
    self.paths = paths
    self.shingleLength = shingleLength
    self.slotCount = slotCount
  }

  func text(_ terminal: Terminal) -> String {
    let parts = [files(width: terminal.width), similarities] + passages(terminal)
    return parts.joined(separator: "\n\n") + "\n"
  }

  func json() -> String {
    jsonReport { writer in
      writer.field("jaccard", comparison.similarity.jaccard)
      writer.field("intersection", comparison.similarity.intersection)
      writer.field("union", comparison.similarity.union)
      writer.field("estimate", comparison.estimate)
      writer.field("exact_duplicates", comparison.haveSameText)
      writer.field("word_duplicates", comparison.haveSameTokens && !comparison.haveSameText)
      writer.field("ngram", shingleLength)
      writer.field("slots", slotCount)
      writer.objects("files", files) { writer, file in
        writer.field("path", file.path)
        writer.field("words", file.tokens)
        writer.field("shingles", file.shingles)
        writer.field("contained", file.containment)
      }
      writePassages(&writer)
    }
  }

  private struct File {
    let name: String
    let path: BytePath
    let tokens: Int
    let shingles: Int
    /// The share of its shingles that the other file contains.
    let containment: Double
  }

  private var files: [File] {
    [
      File(
        name: "A", path: paths.0, tokens: comparison.first.tokenCount,
        shingles: comparison.first.shingleCount, containment: comparison.first.containment),
      File(
        name: "B", path: paths.1, tokens: comparison.second.tokenCount,
        shingles: comparison.second.shingleCount, containment: comparison.second.containment),
    ]
  }

  private func files(width: Int) -> String {
    var table = TextTable(columns: [.left, .right, .right, .left])
    for file in files {
      table.append([
        file.name, Numbers.count(file.tokens, "word"), Numbers.count(file.shingles, "shingle"),
        SafeText.line(file.path.text).fitted(to: max(20, width - 45)),
      ])
    }
    return table.text()
  }

  private var similarities: String {
    let similarity = comparison.similarity
    var table = TextTable(columns: [.left, .right, .left])
    table.append([
      "similarity", Numbers.similarity(similarity.jaccard),
      "\(Numbers.grouped(similarity.intersection)) of \(Numbers.grouped(similarity.union)) "
        + "shingles of \(Numbers.count(shingleLength, "word"))",
    ])
    table.append([
      "estimate", Numbers.similarity(comparison.estimate),
      "from signatures of \(Numbers.grouped(slotCount)) slots",
    ])
    for (file, other) in [(files[0], files[1]), (files[1], files[0])] {
      table.append([
        "\(file.name) in \(other.name)", Numbers.similarity(file.containment),
        "share of \(file.name)'s shingles that are in \(other.name)",
      ])
    }
    return table.text() + "\n\n" + verdict
  }

  private var verdict: String {
    if comparison.haveSameText { return "They are exact duplicates: the same text." }
    guard comparison.haveSameTokens else { return "They are not exact duplicates." }
    return countsSymbols
      ? "They have the same words and symbols in the same order. The bytes differ."
      : "They have the same words in the same order. Case, punctuation or spacing differs."
  }
}
