import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct ResultsReadingTests {
  let folder = TestFolder()

  static let input = InputEntry(
    source: "/data/a.jsonl.zst", root: "/data", path: "a.jsonl.zst",
    checksum: FileChecksum(hash: 0xFEDC_0000_0000_0001, byteCount: 12), compression: .zstd,
    format: .jsonLines)

  @Test(.timeLimit(.minutes(1)))
  func `a pipe in the place of a file is not waited for`() throws {
    for name in ["manifest.jsonl", "summary.json", "signatures"] {
      let result = unsafe folder.path(name).withCString { unsafe mkfifo($0, 0o600) }
      #expect(result == 0)
    }
    let refusal = #expect(throws: CorpusError.self) {
      try ManifestReader(resultsFolder: folder.path(""))
    }
    #expect(refusal?.reason == .cannotOpen)
    #expect(refusal?.description.contains("is a pipe, not a file") == true)
    #expect(throws: CorpusError.self) { try Summary(readingFrom: folder.path("")) }
    #expect(throws: CorpusError.self) { try SignatureFile.open(reading: folder.path("signatures")) }
    #expect(try !ResultsMarker.isPresent(in: folder.path("")))
  }

  @Test func `a summary is pretty JSON`() throws {
    let results = try ResultsFolder(creating: folder.path("r"))
    _ = try results.commit(summary([Self.input]))
    #expect(
      folder.text("r/summary.json") == """
        {
          "format": "reprise-results",
          "version": 2,
          "program": "0.1",
          "scheme": {
            "id": "reprise-1",
            "shingle_tokens": 5
          },
          "configuration": {
            "threshold": 0.8
          },
          "inputs": [
            {
              "source": "/data/a.jsonl.zst",
              "root": "/data",
              "path": "a.jsonl.zst",
              "bytes": 12,
              "xxh3": "fedc000000000001",
              "compression": "zstd",
              "format": "jsonl"
            }
          ],
          "references": [],
          "files": [],
          "left_out": {},
          "documents": {
            "total": 3,
            "keep": 2
          },
          "bytes": {
            "read": 1099511627776
          },
          "words": {
            "total": 7
          },
          "similarities": {},
          "problems": {
            "encoding": 1
          },
          "largest": {},
          "stages": [
            {
              "name": "read",
              "seconds": 0.25,
              "processor_seconds": 0.5
            }
          ]
        }

        """)
    #expect(try Summary(readingFrom: folder.path("r")) == summary([Self.input]))
  }

  @Test func `names that are not UTF-8 survive`() throws {
    var input = Self.input
    input.path = BytePath([0x61, 0xFF, 0x62])
    let record = try #require(InputEntry(input.tree))
    #expect(record == input)
    #expect(input.tree["path"]?.string == "a\u{FFFD}b")
  }

  @Test(arguments: [
    ("", "the record"), ("[]", "summary"), ("{\"format\":\"reprise-results\"}", "no version"),
    ("{\"format\":\"reprise-results\",\"version\":2,\"inputs\":[{}]}", "\"inputs\""),
  ])
  func `a broken summary is refused`(content: String, message: String) {
    folder.write("r/summary.json", content)
    let error = #expect(throws: CorpusError.self) {
      try Summary(readingFrom: folder.path("r"))
    }
    #expect(error?.reason == .invalidResults)
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test(arguments: [
    ("{\"id\":\"a\"}\n", CorpusError.Reason.invalidResults), ("{\"id\":", .truncated),
    ("nonsense\n", .invalidResults),
    (
      "{\"id\":\"a\",\"source\":\"s\",\"offset\":-1,\"length\":1,\"status\":\"keep\",\"cuts\":[]}\n",
      .invalidResults
    ),
    (
      "{\"id\":\"a\",\"source\":\"s\",\"offset\":0,\"length\":1,\"status\":\"lost\",\"cuts\":[]}\n",
      .invalidResults
    ),
    (
      "{\"id\":\"a\",\"source\":\"s\",\"offset\":0,\"length\":1,\"status\":\"keep\",\"cuts\":[1]}\n",
      .invalidResults
    ),
  ])
  func `a broken manifest is refused with its line`(line: String, reason: CorpusError.Reason) throws
  {
    let good = ManifestEntry(id: "a", source: "s", offset: 0, length: 1, status: .keep)
    folder.write("r/manifest.jsonl", ResultEntryTests.line(good) + "\n" + line)
    let reader = try ManifestReader(resultsFolder: folder.path("r"))
    #expect(try reader.next() == good)
    let error = #expect(throws: CorpusError.self) { _ = try reader.next() }
    #expect(error?.reason == reason)
    #expect(error?.line == 2)
  }

  @Test func `a JSON tree reads what it writes`() throws {
    let tree: JSONTree = [
      "a": .array([.null, .bool(true), .bool(false), .integer(-5), .double(0.1), .array([])]),
      "b": .object([]), "c\u{E9}\"": "x\ny", "d": ["e": .array([["f": .integer(Int.max)]])],
    ]
    var buffer = ByteBuffer(capacity: 64)
    tree.appendPretty(to: &buffer)
    let bytes = unsafe buffer.withUnsafeBytes { unsafe Array($0) }
    #expect(try JSONTree(parsing: bytes) == tree)
    #expect(try JSONSerialization.jsonObject(with: Data(bytes)) is [String: Any])
    #expect(throws: JSONSyntaxError.self) {
      try JSONTree(parsing: [UInt8](repeating: UInt8(ascii: "["), count: 10_000))
    }
  }
}
