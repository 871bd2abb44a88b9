/// Distinguishes the results folder of a run from a folder of documents.
enum ResultsMarker {
  static let fileName: BytePath = "summary.json"
  /// The value that a summary contains in its first bytes.
  static let text = "reprise-results"
  private static let searchedByteCount = 128

  /// Whether a folder has a summary.
  ///
  /// - Throws: `cannotOpen` or `cannotRead` if a file of that name cannot be read.
  static func isPresent(in folder: BytePath) throws(CorpusError) -> Bool {
    let path = folder.appending(fileName)
    guard try FileStatus.ofAny(at: path)?.kind == .file else { return false }
    let file = try OpenFile.file(reading: path)
    var bytes = [UInt8](repeating: 0, count: searchedByteCount)
    let count = unsafe try bytes.withUnsafeMutableBufferPointer { buffer throws(CorpusError) in
      unsafe try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
    }
    return String(decoding: bytes[..<count], as: UTF8.self).contains(text)
  }
}
