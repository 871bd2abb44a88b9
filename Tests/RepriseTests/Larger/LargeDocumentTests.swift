import Foundation
import Testing

@testable import Reprise

@Suite("Larger: documents that are large beside the memory")
struct LargeDocumentTests {
  @Test("A document that does not fit ends the run, which goes on with more memory")
  func tooLarge() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 8)
    let line = random.text(2_000)
    let large = Array(repeating: line, count: (17 << 20) / line.utf8.count).joined(separator: " ")
    try workspace.write("small.txt", text: line)
    try workspace.write("large/1.txt", text: large)
    try workspace.write("large/2.txt", text: large + " more")
    var options = ScanOptions(
      paths: ["small.txt", "large"].map { workspace.path($0) })
    options.matching.find = .documents
    options.output.folder = workspace.path("out")
    options.resources.threads = 2
    options.resources.memory = 96 << 20
    let error = #expect(throws: RepriseError.self) { try Scan(options).run() }
    let message = error?.description ?? ""
    #expect(message.contains("large/1.txt") || message.contains("large/2.txt"), "\(message)")
    #expect(message.contains("MiB, and the limit is 96 MiB"), "\(message)")
    // Two of them at once would not fit either; one after the other they do.
    options.resources.memory = 160 << 20
    options.resources.resumes = true
    let summary = try Scan(options).run()
    #expect(summary.documents.total == 3 && summary.documents.nearDuplicates == 2)
  }
}
