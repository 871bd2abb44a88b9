/// Distinguishes the results folder of a run from a folder of documents.
enum ResultsMarker {
  static let fileName: BytePath = "summary.json"
  /// The value that a summary contains in its first bytes.
  static let text = "reprise-results"
  private static let searchedByteCount = 128

  static func isPresent(in folder: BytePath) -> Bool {
    guard let file = try? OpenFile.file(reading: folder.appending(fileName)) else { return false }
    return unsafe withUnsafeTemporaryAllocation(byteCount: searchedByteCount, alignment: 1) {
      guard let count = unsafe try? file.read(into: $0, at: 0) else { return false }
      return unsafe String(decoding: $0[..<count], as: UTF8.self).contains(text)
    }
  }
}
