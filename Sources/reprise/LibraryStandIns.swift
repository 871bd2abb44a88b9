internal import Reprise

// Two entries of the library that the commands are written against. The real ones take their place.

struct CleanSummary: Sendable {
  var sourceCount = 0
  var documentCount = 0
  var droppedCount = 0
  var bytesRead = 0
  var bytesWritten = 0
}

enum Clean {
  static func run(
    results: String, output: String, onProgress: (@Sendable (ScanProgress) -> Void)? = nil
  ) throws(RepriseError) -> CleanSummary {
    CleanSummary()
  }
}

struct Comparison: Sendable {
  var similarity = Similarity(intersection: 0, union: 0)
  var estimate = 1.0
  var areExactDuplicates = true
  var tokenCounts = (0, 0)
  var shingleCounts = (0, 0)
  var containment = (1.0, 1.0)

  init(pathA: String, pathB: String, shingleLength: Int, slotCount: Int) throws(RepriseError) {}
}
