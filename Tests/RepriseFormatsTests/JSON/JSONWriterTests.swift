import Foundation
import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct JSONWriterTests {
  static func written(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(capacity: 64)
    body(&writer)
    return unsafe writer.buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  @Test func `writes objects and arrays with their commas`() {
    let line = Self.written { writer in
      for _ in 0..<2 {
        writer.beginObject()
        writer.name("id")
        writer.string("a")
        writer.name("cuts")
        writer.beginArray()
        writer.integer(1)
        writer.beginObject()
        writer.endObject()
        writer.endArray()
        writer.name("none")
        writer.string(nil)
        writer.name("yes")
        writer.bool(true)
        writer.endObject()
        writer.endLine()
      }
    }
    let expected = #"{"id":"a","cuts":[1,{}],"none":null,"yes":true}"# + "\n"
    #expect(line == expected + expected)
  }

  @Test(arguments: [
    ("", #""""#), ("a\"b\\c/", #""a\"b\\c/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
    ("\0\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""), ("\u{2028}\u{85}", "\"\u{2028}\u{85}\""),
  ])
  func `escapes what must be escaped`(text: String, json: String) {
    #expect(Self.written { $0.string(text) } == json)
  }

  @Test func `writes U+FFFD for what is not UTF-8`() {
    let line = Self.written { writer in
      unsafe [0x61, 0xFF, 0xE2, 0x82, 0x22].withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
        unsafe writer.string(UnsafeRawBufferPointer(rebasing: bytes[..<0]))
      }
      unsafe [UInt8]([0x61, 0xFF, 0xE2, 0x82, 0x22]).withUnsafeBytes { unsafe writer.string($0) }
    }
    #expect(line == "\"\",\"a\u{FFFD}\u{FFFD}\\\"\"")
  }

  @Test(arguments: Array(0...26) + Array(126...130))
  func `writes bytes of any length like the string that they are`(length: Int) {
    let specials: [[UInt8]] = [
      [0x22], [0x5C], [0x00], [0x1F], [0x20], [0x21], [0x7F], [0x80], [0xFF], [0xC3, 0xA4],
      [0x22, 0xC3, 0xA4], [0x23, 0x1F],
    ]
    let plain = [UInt8](repeating: UInt8(ascii: "~"), count: length)
    for special in specials {
      for place in 0...length {
        let bytes = plain[..<place] + special + plain[place...]
        let text = String(decoding: bytes, as: UTF8.self)
        let line = Self.written { writer in
          unsafe bytes.withUnsafeBytes { unsafe writer.string($0) }
        }
        #expect(line == Self.written { $0.string(text) }, "\(special) at \(place)")
      }
    }
  }

  @Test(arguments: [0, 7, -1, 10, 99, 100, 9999, 10_000, 99_999, 1_234_567, Int.max, Int.min])
  func `writes integers`(number: Int) {
    #expect(Self.written { $0.integer(number) } == "\(number)")
  }

  @Test(arguments: [
    0, 0.85, 1, 1.0 / 3, 1e-7, 1e22, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -2.5,
  ])
  func `writes doubles that read back the same`(number: Double) throws {
    let text = Self.written { $0.double(number) }
    #expect(Double(text) == number)
    #expect(brokenRule("{\"a\":\(text)}") == nil)
  }

  @Test func `writes null for what JSON has no number for`() {
    let text = Self.written {
      $0.double(.nan)
      $0.double(.infinity)
      $0.double(nil)
      $0.integer(nil)
    }
    #expect(text == "null,null,null,null")
  }

  @Test func `writes random text that the scanner and Foundation read back`() throws {
    var random = SplitMix64(state: 51)
    for length in 0..<300 {
      let scalars = (0..<length).map { _ in
        Unicode.Scalar(UInt8.random(in: 0...0xFF, using: &random))
      }
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      let record = Self.written {
        $0.beginObject()
        $0.name("text")
        $0.string(text)
        $0.endObject()
      }
      let value = try #require(try scan(record)[0])
      #expect(RepriseFormatsTests.text(of: value, in: Array(record.utf8)) == text, "seed 51")
      let object = try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: String]
      #expect(object?["text"] == text, "seed 51, length \(length)")
    }
  }

  @Test func `flushes to a file descriptor and reports what failed`() throws {
    var pipe: [Int32] = [0, 0]
    #expect(unsafe Glibc.pipe(&pipe) == 0)
    var buffer = ByteBuffer(capacity: 1)
    for number in 0..<1_000 { buffer.append(decimal: number) }
    let expected = (0..<1_000).map(String.init).joined()
    #expect(buffer.count == expected.utf8.count)
    try buffer.flush(to: pipe[1], path: "pipe")
    #expect(buffer.count == 0)
    var bytes = [UInt8](repeating: 0, count: expected.utf8.count)
    #expect(unsafe read(pipe[0], &bytes, bytes.count) == bytes.count)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
    buffer.append("x")
    let error = #expect(throws: CorpusError.self) { try buffer.flush(to: -1, path: "gone") }
    #expect(error?.reason == .cannotWrite && error?.errorNumber == EBADF)
    close(pipe[0])
    close(pipe[1])
  }
}
