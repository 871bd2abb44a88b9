import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseEngine
@testable import RepriseFormats

@Suite struct SignatureFileTests {
  @Test func `a file in place of another one has none of its blocks`() throws {
    let folder = TestFolder()
    let path = BytePath(folder.path + "/signatures")
    do {
      let file = try SignatureFile.create(path)
      for number in 0..<3 {
        var buffer = BlockBuffer()
        buffer.append(UInt64(number))
        try file.append(.chunk, run: 1, number: number, &buffer)
      }
      #expect(try file.checkedBlocks().blocks.count == 3)
    }
    let file = try SignatureFile.create(path)
    #expect(file.byteCount == 0)
    #expect(try SignatureFile.open(reading: path).byteCount == 0)
    var buffer = BlockBuffer()
    buffer.append(UInt64(7))
    try file.append(.run, run: 0, &buffer)
    #expect(try file.checkedBlocks().blocks.map(\.kind) == [.run])
  }

  @Test func `blocks after one that a full disk cut off are found, also within its length`() throws
  {
    let folder = TestFolder()
    let path = BytePath(folder.path + "/signatures")
    do {
      let file = try SignatureFile.create(path)
      var buffer = BlockBuffer()
      for number in 0..<10_000 { buffer.append(UInt64(number)) }
      try file.append(.chunk, run: 1, number: 0, &buffer)
    }
    let isCut = unsafe path.withCString { unsafe truncate($0, 20_000) == 0 }
    try #require(isCut)
    let file = try SignatureFile.open(
      appendingTo: "signatures", in: try OpenFolder(BytePath(folder.path)))
    for number in 1..<3 {
      var buffer = BlockBuffer()
      buffer.append(UInt64(number))
      try file.append(.chunk, run: 1, number: number, &buffer)
    }
    let found = try SignatureFile.open(reading: path).checkedBlocks()
    #expect(found.blocks.map(\.number) == [1, 2])
    #expect(found.damage == [0])
  }
}
