/// Holds inputs to names under which all of them can be written into one folder.
enum OutputNames {
  /// Fails if two names are equal, or if one is a folder in another.
  ///
  /// - Complexity: O(n log n) comparisons.
  static func check(_ inputs: [InputFile]) throws(CorpusError) {
    let sorted = inputs.sorted { $0.outputName < $1.outputName }
    for (first, second) in zip(sorted, sorted.dropFirst()) {
      // In this order what is below a folder follows it directly.
      let name = first.outputName.bytes
      let other = second.outputName.bytes
      guard other == name || other.starts(with: name + [BytePath.separator]) else { continue }
      throw CorpusError(
        .nameCollision,
        "its output name, \"\(first.outputName)\", clashes with that of \"\(second.path)\" "
          + "(\"\(second.outputName)\")",
        path: first.path)
    }
  }
}
