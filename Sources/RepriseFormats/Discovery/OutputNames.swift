/// Checks that all inputs can be written into one folder under their output names.
enum OutputNames {
  /// Throws if two names are equal, or one is a folder of another.
  ///
  /// - Complexity: O(n log n) comparisons.
  static func check(_ inputs: [InputFile]) throws(CorpusError) {
    let sorted = inputs.sorted { $0.outputName < $1.outputName }
    for (first, second) in zip(sorted, sorted.dropFirst()) {
      // In this order, the content of a folder directly follows it.
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
