import Foundation
import Testing

@testable import Reprise
@testable import RepriseEngine

@Suite("Larger: more documents than can be numbered")
struct DocumentLimitTests {
  @Test("The limit leaves a number that means none")
  func limit() throws {
    let limit = DocumentLimit()
    try limit.check(Int(UInt32.max) - 1)
    #expect(throws: EngineError.self) { try limit.check(Int(UInt32.max)) }
  }

  @Test("More documents are refused with the rule, whether they are read or were signed")
  func refused() throws {
    let corpus = try LargerCorpus(families: 10)
    var options = corpus.options("out")
    let signatures: BytePath = corpus.workspace.path("signatures")
    _ = try Sign(SignOptions(options, file: signatures)).run()
    options.hooks.documentLimit.count = 12
    let rule = "a scan compares at most 12 documents"
    let scanned = #expect(throws: RepriseError.self) { try Scan(options).run() }
    #expect(scanned?.description.contains(rule) == true, "\(String(describing: scanned))")
    let signed = #expect(throws: RepriseError.self) {
      try Sign(SignOptions(options, file: corpus.workspace.path("more"))).run()
    }
    #expect(signed?.description.contains(rule) == true)
    options.input.paths = []
    options.input.signatures = [signatures]
    let parts = #expect(throws: RepriseError.self) { try Scan(options).run() }
    #expect(parts?.description.contains(rule) == true)
  }
}
