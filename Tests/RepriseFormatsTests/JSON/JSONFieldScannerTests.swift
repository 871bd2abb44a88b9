import Testing

@testable import RepriseFormats

@Suite struct JSONFieldScannerTests {
  @Test func `finds the wanted fields with their byte ranges`() throws {
    let record = #" {"id": 17, "text" :"a\tb", "meta":{"text":"inner"}} "# + "\r\n"
    let values = try scan(record, fields: ["text", "id", "meta", "none"])
    #expect(values[0] == JSONValue(kind: .string, offset: 21, length: 4, hasEscapes: true))
    #expect(values[1] == JSONValue(kind: .number, offset: 8, length: 2))
    #expect(values[2] == JSONValue(kind: .object, offset: 35, length: 16))
    #expect(values[3] == nil)
  }

  @Test(arguments: [
    (#""x""#, JSONValue.Kind.string), ("-0.5e+10", .number), ("0", .number), ("1E5", .number),
    ("{}", .object), ("[ ]", .array), ("true", .true), ("false", .false), ("null", .null),
    (#"[1,[2,{"text":3}],{}]"#, .array), (#"{"text":{"text":[]}}"#, .object),
  ])
  func `tells the kind of a value`(value: String, kind: JSONValue.Kind) throws {
    let record = "{\"text\":\(value)}"
    let found = try #require(try scan(record)[0])
    #expect(found.kind == kind)
    let quotes = kind == .string ? 2 : 0
    #expect(found.length == value.utf8.count - quotes)
  }

  @Test func `compares names after unescaping and takes the last of equal ones`() throws {
    let record = #"{"text":1,"t\u0065xt":22,"Text":333,"text ":4444}"#
    #expect(try scan(record)[0]?.length == 2)
    #expect(try scan(#"{"text":null,"text":"yes"}"#)[0]?.kind == .string)
    #expect(try scan(#"{"text":1}"#, fields: ["text", "text"])[1]?.kind == .number)
  }

  @Test func `forgets the values of the record before`() throws {
    let scanner = JSONFieldScanner(fields: ["a"])
    var values: [JSONValue?] = []
    for (record, isThere) in [(#"{"a":1}"#, true), (#"{"b":1}"#, false), ("{}", false)] {
      try unsafe Array(record.utf8).withUnsafeBytes { bytes in
        try unsafe scanner.scan(bytes, into: &values)
      }
      #expect((values[0] != nil) == isThere)
    }
  }

  @Test(arguments: [1, 63, 64, 65, 128, 129, 5_000, 99_999])
  func `takes nesting of any depth up to the limit`(depth: Int) throws {
    let arrays = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try scan("{\"a\":\(arrays),\"text\":1}")[0]?.kind == .number)
    let objects = String(repeating: "{\"text\":[", count: depth / 2)
    let ends = String(repeating: "]}", count: depth / 2)
    #expect(try scan("{\"a\":[\(objects)\(ends)],\"text\":1}")[0]?.kind == .number)
    let mixed =
      String(repeating: "[", count: depth) + "0" + String(repeating: "]", count: depth - 1)
    #expect(brokenRule("{\"a\":\(mixed)}}") == .expectedCommaOrEnd)
  }

  @Test func `refuses nesting beyond the limit`() {
    let arrays = String(repeating: "[", count: 100_000)
    #expect(brokenRule("{\"a\":\(arrays)") == .tooDeep(limit: JSONFieldScanner.depthLimit))
  }

  @Test func `lists the names of the fields it saw`() throws {
    let record = Array(#"{"id":1,"b\u006fdy":{"x":2},"id":3,"":4}"#.utf8)
    let names = try unsafe record.withUnsafeBytes { bytes in
      try unsafe JSONFieldScanner.fieldNames(of: bytes)
    }
    #expect(names == ["id", "body", ""])
  }

  @Test func `tells where and why in a whole sentence`() throws {
    do throws(JSONSyntaxError) {
      _ = try scan(#"{"text": 'x'}"#)
    } catch {
      #expect(error.offset == 9)
      #expect(error.byte == UInt8(ascii: "'"))
      #expect(
        error.description == "Byte 9 of the record is ''', which does not start a JSON value.")
    }
  }
}
