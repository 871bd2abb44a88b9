import RepriseTestSupport
import Testing

@testable import RepriseFormats

/// The raw bytes of a file whose size is known.
struct RawInputTests {
  @Test func `a file that ends before its size has changed`() throws {
    let folder = TestFolder()
    let path = folder.write("a", "twelve bytes")
    func checksum(_ byteCount: UInt64?) throws -> FileChecksum {
      try RawInput(OpenFile(reading: path), byteCount: byteCount).finishChecksum()
    }
    #expect(try checksum(nil).byteCount == 12)
    #expect(try checksum(12).byteCount == 12)
    let error = #expect(throws: CorpusError.self) { try checksum(13) }
    #expect(error?.reason == .changed)
    #expect(error?.description.contains("byte 12 of 13") == true)
  }
}
