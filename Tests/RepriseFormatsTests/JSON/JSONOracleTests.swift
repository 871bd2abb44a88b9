import Foundation
import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

/// The scanner against Foundation's JSON parser.
///
/// The two differ on purpose in this, and the tests step around it:
/// - Bytes that are not UTF-8: Foundation refuses them, so it gets the record with U+FFFD for them.
/// - Lone surrogate escapes: Foundation refuses them.
/// - Records that start with a byte order mark or hold NUL among their first bytes: Foundation
///   guesses UTF-16 or UTF-32.
/// - Nesting deeper than 512: Foundation refuses it.
/// - A comma before the end of an object or array: Foundation accepts it.
/// - Numbers beyond the range of a double: Foundation refuses them; here only grammar counts.
@Suite struct JSONOracleTests {
  static let records = [
    #"{"id":"doc-1","text":"It was a bright cold day in April.","n":13}"#,
    #"{"text":"tab\t quote\" slash\/ back\\ nl\n u\u00e9\u4e2D end","tags":["a","b",null]}"#,
    #"{ "a" : [ 1 , -2.5e3 , 0.125 , 1E+2 , { "text" : "inner" } ] , "text" : "outer" }"#,
    #"{"empty":{},"list":[],"t":true,"f":false,"n":null,"text":"","text2":"\\"}"#,
    #"{"text":"emoji \ud83d\ude00 and raw "# + "\u{1F600}\u{E9}\u{4E2D}"
      + #"","deep":[[[{"a":[{}]}]]]}"#,
    "\t{\"text\":\"crlf\"}\r\n",
  ]

  static func oracle(_ record: [UInt8]) -> [String: Any]? {
    let repaired = Data(String(decoding: record, as: UTF8.self).utf8)
    return (try? JSONSerialization.jsonObject(with: repaired)) as? [String: Any]
  }

  static func mutate(_ record: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = record
    let alphabet =
      Array("{}[]\":,\\/ntu0123456789eE+-. \t\n\r'abdfFls\0\u{1}\u{7F}".utf8) + [0xFF, 0xC3]
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = Int.random(in: 0..<max(1, bytes.count), using: &random)
      let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      guard !bytes.isEmpty else { return [byte] }
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[index] = byte
      case 1: bytes.insert(byte, at: index)
      case 2: bytes.remove(at: index)
      case 3: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &random))
      case 4:
        let end = min(bytes.count, index + Int.random(in: 1...8, using: &random))
        bytes.insert(
          contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &random))
      default:
        if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeSubrange(index...) }
      }
    }
    return bytes
  }

  /// Whether the record is one of the documented differences.
  static func isDifference(_ bytes: [UInt8]) -> Bool {
    if bytes.prefix(4).contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
    return naiveUnescape(bytes).loneSurrogates > 0 || hasHugeExponent(bytes)
  }

  static func hasHugeExponent(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).contains(/[0-9][eE]\+?[0-9]{3}/)
  }

  @Test(arguments: records.indices)
  func `agrees with Foundation on mutated records`(index: Int) throws {
    let seed = UInt64(1_000 + index)
    var random = SplitMix64(state: seed)
    var accepted = 0
    for round in 0..<4_000 {
      let bytes = Self.mutate(Array(Self.records[index].utf8), &random)
      guard !Self.isDifference(bytes) else { continue }
      let shown = String(decoding: bytes, as: UTF8.self)
      guard brokenRule(shown) != .trailingComma else { continue }
      let values = try? scan(bytes)
      let expected = Self.oracle(bytes)
      #expect((values != nil) == (expected != nil), "seed \(seed), round \(round): \(shown)")
      guard let values, let expected else { continue }
      accepted += 1
      if let value = values[0], value.kind == .string {
        let found = text(of: value, in: bytes)
        let wanted = expected["text"] as? String
        #expect(
          wanted.map { Array($0.utf8) } == Array(found.utf8),
          "seed \(seed), round \(round): \(shown)")
      } else {
        #expect(!(expected["text"] is String), "seed \(seed), round \(round): \(shown)")
      }
    }
    #expect(accepted > 100)
  }

  @Test(arguments: records)
  func `agrees with JSONDecoder on the records themselves`(record: String) throws {
    struct Document: Decodable { var text: String }
    let decoded = try JSONDecoder().decode(Document.self, from: Data(record.utf8))
    let value = try #require(try scan(record)[0])
    #expect(text(of: value, in: Array(record.utf8)) == decoded.text)
  }
}
