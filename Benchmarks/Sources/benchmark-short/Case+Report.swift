import Glibc
import Reprise

extension Case {
  /// A line of the table.
  func line(_ summary: ScanSummary, memory: Int) -> String {
    let documents = summary.documents.total
    let processor = summary.stages.reduce(0) { $0 + $1.processorSeconds }
    let wall = summary.stages.reduce(0) { $0 + $1.seconds }
    let megabytes = Double(summary.bytes.total) / 1e6
    let stages = summary.stages.map { stage in
      "\(stage.name) \(Int(stage.processorSeconds * 1e9 / Double(documents)))"
    }
    return [
      left(name, 14), right(documents, 11), right(Int(megabytes / processor), 16),
      right(Int(megabytes / wall), 6), right(memory / documents, 16),
      "  " + stages.joined(separator: ", "),
    ].joined(separator: " ")
  }

  private func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func right(_ value: some CustomStringConvertible, _ width: Int) -> String {
    let text = value.description
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// The peak of this process's resident memory so far, in bytes.
  func peakMemory() -> Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss * 1024
  }

  /// A new temporary folder.
  static func makeFolder() -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/reprise-benchmark-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      print("benchmark: no temporary folder below \(parent)")
      exit(2)
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes the folder and what this program writes into it.
  static func remove(_ folder: String) {
    for name in ResultsFolder.Name.allCases { unlink("\(folder)/results/\(name.rawValue)") }
    rmdir("\(folder)/results")
    unlink("\(folder)/corpus.jsonl")
    rmdir(folder)
  }
}
