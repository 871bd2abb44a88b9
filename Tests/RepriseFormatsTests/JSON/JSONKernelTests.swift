import CKernels
import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct JSONKernelTests {
  /// Bytes in which quotes, backslashes and controls are rare, common, or next to each other.
  static func bytes(_ count: Int, _ style: Int, _ random: inout SplitMix64) -> [UInt8] {
    (0..<count).map { _ in
      let plain = UInt8.random(in: 0x23...0xFF, using: &random)
      let special = [0x22, 0x5C, 0x1F, 0, 0x20, 0x5C, 0xDC, 0xA2][
        Int.random(in: 0..<8, using: &random)]
      let chance = [0, 3, 30, 100][style]
      return Int.random(in: 0..<100, using: &random) < chance ? UInt8(special) : plain
    }
  }

  /// Pieces of strings: plain bytes and escapes, surrogates in any order, and broken escapes.
  ///
  /// Half of the strings have only escapes of one letter: others end a block of the kernels.
  static func escapedBytes(_ count: Int, _ random: inout SplitMix64) -> [UInt8] {
    let simple = [
      "abcdefgh", "n", "\\n", "\\t", "\\\\", "\\\"", "\\/", "\\b\\f\\r", "\u{E9}t",
    ]
    let all =
      simple + [
        "\\u0041", "\\u00e9", "\\u2028", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\u12", "\\x",
        "u0041",
        "\u{E9}\u{1F600}", String(repeating: "long plain run ", count: 6),
      ]
    let pieces = Bool.random(using: &random) ? simple : all
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += pieces.randomElement(using: &random)?.utf8 ?? "".utf8 }
    return Array(bytes.prefix(count))
  }

  @Test(arguments: 0..<4)
  func `finds and copies like its plain twin at every length and offset`(style: Int) {
    let seed = UInt64(11 + style)
    var random = SplitMix64(state: seed)
    for length in 0...200 {
      let all = Self.bytes(length + 16, style, &random)
      for offset in [0, 1, 7, 15] {
        let bytes = Array(all[offset..<(offset + length)])
        let expected =
          bytes.firstIndex { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 } ?? bytes.count
        for set in instructionSets {
          var copy = [UInt8](repeating: 0, count: length)
          let found = unsafe reprise_json_plain_length(bytes, length, set)
          let copied = unsafe reprise_json_copy_plain(bytes, length, &copy, set)
          #expect(found == expected && copied == expected, "seed \(seed), length \(length)")
          #expect(copy.prefix(expected) == bytes.prefix(expected), "seed \(seed), length \(length)")
        }
      }
    }
  }

  /// Strings of every length up to 200, several of each, some of them closed.
  static func strings(seed: UInt64, rounds: Int) -> [[UInt8]] {
    var random = SplitMix64(state: seed)
    return (0..<rounds).flatMap { round in
      (0...200).map { length in
        var bytes = escapedBytes(length, &random)
        if round > 4 && length > 0 { bytes[Int.random(in: 0..<length, using: &random)] = 0x22 }
        return bytes
      }
    }
  }

  @Test func `ends strings like its naive twin at every length`() {
    for bytes in Self.strings(seed: 21, rounds: 10) {
      let expected = naiveEnd(bytes)
      for set in instructionSets {
        let end = unsafe reprise_json_string_end(bytes, bytes.count, set)
        let string = "seed 21, \(set), \(String(decoding: bytes, as: UTF8.self))"
        #expect(end.status == expected.status, "\(string)")
        #expect(end.length == expected.length, "\(string)")
        #expect(end.has_escapes == expected.has_escapes, "\(string)")
      }
    }
  }

  @Test func `checks and unescapes at once what it does one after the other`() {
    for bytes in Self.strings(seed: 41, rounds: 20) {
      let end = naiveEnd(bytes)
      let text = naiveUnescape(Array(bytes.prefix(end.length)))
      for set in instructionSets {
        var output = [UInt8](repeating: 0, count: bytes.count)
        let found = unsafe reprise_json_unescaped_string(bytes, bytes.count, &output, set)
        let string = "seed 41, \(set), \(String(decoding: bytes, as: UTF8.self))"
        #expect(found.string.status == end.status, "\(string)")
        #expect(found.string.length == end.length, "\(string)")
        guard end.status == REPRISE_JSON_STRING_CLOSED else { continue }
        #expect(found.string.has_escapes == end.has_escapes, "\(string)")
        guard end.has_escapes != 0 else { continue }
        #expect(Array(output.prefix(found.text.count)) == text.bytes, "\(string)")
        #expect(found.text.lone_surrogates == text.loneSurrogates, "\(string)")
      }
    }
  }

  @Test func `unescapes like its naive twin at every length`() {
    var random = SplitMix64(state: 31)
    for _ in 0..<10 {
      for length in 0...200 {
        let bytes = Self.escapedBytes(length, &random)
        let expected = naiveUnescape(bytes)
        for set in instructionSets {
          let result = unescape(bytes, instructionSet: set)
          #expect(
            result.bytes == expected.bytes, "seed 31, \(String(decoding: bytes, as: UTF8.self))")
          #expect(result.loneSurrogates == expected.loneSurrogates, "seed 31, length \(length)")
        }
      }
    }
  }
}
