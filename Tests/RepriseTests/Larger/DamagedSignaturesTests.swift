import Foundation
import Testing

@testable import Reprise
@testable import RepriseEngine

@Suite("Larger: signature files that are damaged")
struct DamagedSignaturesTests {
  private static let blockByteCount = 4096

  @Test("A byte changed anywhere in a stopped run's file costs a chunk and changes no result")
  func damagedBytes() throws {
    let corpus = try LargerCorpus(families: 40)
    let whole = try corpus.scan("whole")
    let stored = try stoppedAtTheEnd(corpus)
    var random = RandomTexts(seed: 3)
    var places = stride(from: 0, to: stored.count, by: Self.blockByteCount).map { $0 + 5 }
    places += (0..<25).map { _ in random.number(below: stored.count) }
    for place in places {
      var damaged = stored
      damaged[place] ^= 0x10
      try damaged.write(to: corpus.signatures("out"))
      let resumed = try corpus.scan("out") { $0.resources.resumes = true }
      corpus.workspace.expectSame(resumed, whole, "byte \(place) of \(stored.count)")
      try prepare(corpus)
    }
  }

  @Test("A file that ends anywhere is gone on with")
  func truncated() throws {
    let corpus = try LargerCorpus(families: 40)
    let whole = try corpus.scan("whole")
    let stored = try stoppedAtTheEnd(corpus)
    var random = RandomTexts(seed: 4)
    for place in [0, 1, 63, 64, 4096, stored.count - 1]
      + (0..<12).map({ _ in random.number(below: stored.count) })
    {
      try stored.prefix(place).write(to: corpus.signatures("out"))
      let resumed = try corpus.scan("out") { $0.resources.resumes = true }
      corpus.workspace.expectSame(resumed, whole, "\(place) of \(stored.count) bytes")
      try prepare(corpus)
    }
  }

  @Test("Blocks of another run and zeros between blocks are passed over")
  func strangers() throws {
    let corpus = try LargerCorpus(families: 40)
    let whole = try corpus.scan("whole")
    let stored = try stoppedAtTheEnd(corpus)
    let other = try LargerCorpus(families: 30, seed: 99)
    let strange = try stoppedAtTheEnd(other)
    // The stranger's run block, which would begin another file, stands behind this one's.
    let mixed = stored + Data(repeating: 0, count: 3 * Self.blockByteCount) + strange + stored
    try prepare(corpus)
    try mixed.write(to: corpus.signatures("out"))
    corpus.workspace.expectSame(
      try corpus.scan("out") { $0.resources.resumes = true }, whole, "mixed")
  }

  @Test("Another version of the format is refused")
  func otherVersion() throws {
    let corpus = try LargerCorpus(families: 20)
    var stored = try stoppedAtTheEnd(corpus)
    stored[8] = 3
    let sum = unsafe stored.prefix(56).withUnsafeBytes { unsafe SignatureBlock.checksum($0) }
    for byte in 0..<8 { stored[56 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte)) }
    try stored.write(to: corpus.signatures("out"))
    var options = corpus.options("out")
    options.resources.resumes = true
    let error = #expect(throws: RepriseError.self) { try Scan(options).run() }
    #expect(error?.description.contains("version 3") == true, "\(String(describing: error))")
  }

  /// The file of a run that was stopped after its last chunk but one.
  private func stoppedAtTheEnd(_ corpus: LargerCorpus) throws -> Data {
    var options = corpus.options("out")
    options.hooks.stopsAfter = { $0 >= 8 }
    #expect(throws: RepriseError.self) { try Scan(options).run() }
    return try Data(contentsOf: corpus.signatures("out"))
  }

  /// Makes the scratch folder as a run does.
  private func prepare(_ corpus: LargerCorpus) throws {
    try corpus.workspace.write(".out.scratch/made-by-reprise", text: "reprise-folder 1 scratch\n")
  }
}
