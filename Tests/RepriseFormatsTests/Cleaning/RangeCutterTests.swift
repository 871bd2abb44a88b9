import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct RangeCutterTests {
  struct Ranges: CutRangeSource {
    var rest: ArraySlice<CutRange>
    mutating func next() -> CutRange? { rest.popFirst() }
  }

  final class Collector: ByteSink {
    var bytes: [UInt8] = []
    func write(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes.append(contentsOf: bytes) }
  }

  static func cut(
    _ text: [UInt8], _ ranges: [CutRange], piece: Int
  ) throws -> (bytes: [UInt8], isComplete: Bool) {
    var cutter = RangeCutter(Ranges(rest: ranges[...]), path: "stream")
    let collector = Collector()
    var start = 0
    while start < text.count {
      let end = min(text.count, start + piece)
      unsafe try text[start..<end].withUnsafeBytes { unsafe try cutter.feed($0, to: collector) }
      start = end
    }
    let isComplete = try cutter.finish()
    #expect(cutter.position == text.count)
    #expect(cutter.cutByteCount == text.count - collector.bytes.count)
    return (collector.bytes, isComplete)
  }

  @Test(arguments: 1...40)
  func `gives the same in pieces of any size`(piece: Int) throws {
    var random = SplitMix64(state: 61)
    for _ in 0..<50 {
      let text = (0..<100).map { _ in UInt8("abc\n\r".utf8.randomElement(using: &random) ?? 0) }
      var ranges: [CutRange] = []
      var expected: [UInt8] = []
      var position = 0
      while position < text.count {
        let start = min(text.count, position + Int.random(in: 0...9, using: &random))
        let end = min(text.count, start + Int.random(in: 0...9, using: &random))
        let takesLineEnd = Bool.random(using: &random)
        ranges.append(CutRange(start: start, end: end, takesLineEnd: takesLineEnd))
        expected += text[position..<start]
        position = end
        if takesLineEnd {
          position = text[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
        }
      }
      let result = try Self.cut(text, ranges, piece: piece)
      #expect(result.bytes == expected, "seed 61")
      #expect(result.isComplete)
    }
  }

  @Test func `tells of ranges that overlap or lie outside`() throws {
    let text = Array("0123456789".utf8)
    let late = [CutRange(start: 8, end: 11, takesLineEnd: false)]
    #expect(try !Self.cut(text, late, piece: 3).isComplete)
    let overlapping = [
      CutRange(start: 2, end: 5, takesLineEnd: false),
      CutRange(start: 4, end: 6, takesLineEnd: false),
    ]
    #expect(throws: CorpusError.self) { try Self.cut(text, overlapping, piece: 3) }
  }
}
