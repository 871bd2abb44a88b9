import Testing

@testable import RepriseFormats

@Suite struct JSONSyntaxErrorTests {
  @Test(arguments: [
    ("", JSONSyntaxError.Rule.emptyRecord), (" \t\r\n", .emptyRecord),
    ("[1,2]", .notAnObject(.array)), (#""text""#, .notAnObject(.string)),
    ("12", .notAnObject(.number)), (" null ", .notAnObject(.null)),
    ("true", .notAnObject(.true)), ("false", .notAnObject(.false)),
    ("\u{FEFF}{}", .byteOrderMark), ("id,text", .expectedValue), ("nul", .unexpectedEnd),
    ("[1,2", .unexpectedEnd), ("12 13", .trailingBytes), ("NaN", .notAnObject(.notFinite)),
    (#"{"text":"a"}{"text":"b"}"#, .trailingBytes), (#"{"text":"a"} junk"#, .trailingBytes),
    (#"{"text":"a"}}"#, .trailingBytes), ("{} //", .trailingBytes), ("{}\0", .trailingBytes),
    (#"{"text":"a"#, .unterminatedString), (#"{"text":"a\"#, .unterminatedString),
    (#"{"text":"a\""#, .unterminatedString), (#"{"text":"\u00"#, .unterminatedString),
    (#"{"text":"a""#, .unexpectedEnd), (#"{"text""#, .unexpectedEnd), ("{", .unexpectedEnd),
    (#"{"text":"#, .unexpectedEnd), (#"{"text":1"#, .unexpectedEnd), (#"{"a":1,"#, .unexpectedEnd),
    (#"{"text":-"#, .unexpectedEnd), (#"{"text":1."#, .unexpectedEnd),
    (#"{"text":1e"#, .unexpectedEnd),
    (#"{"text":1e+"#, .unexpectedEnd), (#"{"text":[{"a":1}"#, .unexpectedEnd),
    (#"{"text":"a",}"#, .trailingComma), (#"{"text":[1,]}"#, .trailingComma),
    (#"{"text":{"a":1,}}"#, .trailingComma), (#"{,}"#, .expectedName),
    (#"{"text":[,]}"#, .expectedValue), (#"{"text":[1,,2]}"#, .expectedValue),
    ("{'text':1}", .expectedName), ("{text:1}", .expectedName), ("{1:1}", .expectedName),
    ("{/* x */}", .expectedName), ("{\"a\":1,\0\"b\":2}", .expectedName),
    (#"{"text" 1}"#, .expectedColon), (#"{"text",1}"#, .expectedColon),
    (#"{"text"}"#, .expectedColon), (#"{"text"::1}"#, .expectedValue),
    (#"{"text":'a'}"#, .expectedValue), (#"{"text":Nan}"#, .invalidLiteral),
    (#"{"text":-Infinite}"#, .invalidLiteral), (#"{"text":INF}"#, .invalidLiteral),
    (#"{"text":+1}"#, .expectedValue),
    (#"{"text":.5}"#, .expectedValue), (#"{"text":}"#, .expectedValue),
    (#"{"text":01}"#, .invalidNumber),
    (#"{"text":-01}"#, .invalidNumber), (#"{"text":00}"#, .invalidNumber),
    (#"{"text":-}"#, .invalidNumber), (#"{"text":1.}"#, .invalidNumber),
    (#"{"text":1.e5}"#, .invalidNumber), (#"{"text":1e}"#, .invalidNumber),
    (#"{"text":1e+}"#, .invalidNumber), (#"{"text":--1}"#, .invalidNumber),
    (#"{"text":0x10}"#, .expectedCommaOrEnd), (#"{"text":1 2}"#, .expectedCommaOrEnd),
    (#"{"text":1.5.5}"#, .expectedCommaOrEnd), (#"{"text":truex}"#, .expectedCommaOrEnd),
    (#"{"text":"a" "b":1}"#, .expectedCommaOrEnd), (#"{"text":[1}]"#, .expectedCommaOrEnd),
    (#"{"text":{"a":1]}"#, .expectedCommaOrEnd), (#"{"text":1;}"#, .expectedCommaOrEnd),
    (#"{"text":True}"#, .expectedValue), (#"{"text":tru}"#, .invalidLiteral),
    (#"{"text":nil}"#, .invalidLiteral), (#"{"text":fALSE}"#, .invalidLiteral),
    ("{\"text\":\"a\u{1}b\"}", .controlCharacter), ("{\"text\":\"a\tb\"}", .controlCharacter),
    ("{\"text\":\"a\0b\"}", .controlCharacter), ("{\"text\":\"a\nb\"}", .controlCharacter),
    ("{\"te\u{1F}xt\":1}", .controlCharacter),
    (#"{"text":"\x41"}"#, .invalidEscape), (#"{"text":"\'"}"#, .invalidEscape),
    (#"{"text":"\U0041"}"#, .invalidEscape), (#"{"text":"\ "}"#, .invalidEscape),
    (#"{"text":"\u12"}"#, .invalidUnicodeEscape), (#"{"text":"\u12G4"}"#, .invalidUnicodeEscape),
    (#"{"text":"\u+123"}"#, .invalidUnicodeEscape),
    ("{\u{A0}}", .expectedName), ("{\u{B}}", .expectedName), ("\u{C}{}", .expectedValue),
  ])
  func `names the broken rule`(record: String, rule: JSONSyntaxError.Rule) {
    #expect(brokenRule(record) == rule)
  }

  @Test(arguments: [
    "{}", " { } ", "\r\n{\t}\r\n", #"{"":""}"#, #"{"text":"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00"}"#,
    "{\"text\":\"\u{2028}\u{2029}\u{85}\u{7F}\u{FEFF}\"}", #"{"text":"\u0000"}"#,
    #"{"a":-0,"b":0.0,"c":1e5,"d":1E-5,"e":-1.25e+007}"#, #"{"a":[[],{},[{}],""]}"#,
    #"{"text":"\ud800"}"#, #"{"text":"\udc00\ud800"}"#,
  ])
  func `accepts what RFC 8259 allows`(record: String) {
    #expect(brokenRule(record) == nil)
  }

  @Test func `leaves bytes that are not UTF-8 to the text`() throws {
    let record =
      Array(#"{"text":"a"#.utf8) + [0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80] + Array("\"}".utf8)
    let value = try #require(try scan(record)[0])
    #expect(value.length == 7)
    #expect(text(of: value, in: record) == "a\u{FFFD}\u{FFFD}(\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(throws: JSONSyntaxError.self) { try scan(Array("{".utf8) + [0xFF, 0x7D]) }
  }

  @Test func `a tree says how deep it may be`() {
    for (opening, closing) in [("[", "]"), ("{\"a\":", "}")] {
      func nested(_ depth: Int) -> [UInt8] {
        Array(
          (String(repeating: opening, count: depth) + "1"
            + String(repeating: closing, count: depth)).utf8)
      }
      #expect(throws: Never.self) { try JSONTree(parsing: nested(512)) }
      let error = #expect(throws: JSONSyntaxError.self) { try JSONTree(parsing: nested(513)) }
      #expect(error?.rule == .tooDeep(limit: 512))
      #expect(error?.description.contains("opens more than 512 levels of objects") == true)
    }
  }
}
