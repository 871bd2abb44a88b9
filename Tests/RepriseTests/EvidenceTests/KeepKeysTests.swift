import Foundation
import Reprise
import RepriseCore
import Testing

@Suite("Evidence: several keys of the keep order")
struct KeepKeysTests {
  private struct Copy {
    var id: String
    var score: String?
    var day: Int?
    /// Copies differ in spaces, which are no words.
    var spaces: Int

    var record: TestRecord {
      var record = TestRecord(id, "one two three four five" + String(repeating: " ", count: spaces))
      if let score { record.fields.append(("score", score)) }
      if let day { record.fields.append(("date", "\"2024-03-0\(day)\"")) }
      return record
    }
  }

  /// Whether a value comes before another; nil if the next key decides.
  private static func isGreater<Value: Comparable>(_ left: Value?, _ right: Value?) -> Bool? {
    switch (left, right) {
    case (let left?, let right?): left == right ? nil : left > right
    case (nil, nil): nil
    default: left != nil
    }
  }

  private static func comesFirst(_ left: Copy, _ right: Copy, _ keys: [KeepPolicy.Key]) -> Bool {
    for key in keys {
      let decision: Bool? =
        switch key {
        case .longest: isGreater(left.spaces, right.spaces)
        case .newest: isGreater(left.day, right.day)
        case .highest:
          isGreater(
            left.score.flatMap { Decimal(string: $0) }, right.score.flatMap { Decimal(string: $0) })
        }
      if let decision { return decision }
    }
    return false
  }

  @Test(
    "the first key that differs decides, as in a naive comparison",
    arguments: [
      [KeepPolicy.Key.highest(field: "score"), .newest(field: "date"), .longest],
      [.newest(field: "date"), .highest(field: "score")], [.longest, .highest(field: "score")],
      [.newest(field: "date"), .longest, .newest(field: "date")],
    ])
  func keys(keys: [KeepPolicy.Key]) throws {
    var generator = SplitMix64(state: 5)
    for round in 0..<12 {
      let scores = ["1", "2.5", "9007199254740993", "9007199254740992", "-3", nil]
      let copies = (0..<8).map { index in
        Copy(
          id: "d\(index)", score: scores[Int.random(in: 0..<6, using: &generator)],
          day: Int.random(in: 0...3, using: &generator) == 0
            ? nil : Int.random(in: 1...3, using: &generator),
          spaces: Int.random(in: 0...2, using: &generator))
      }
      // A record that has all fields, and is similar to none.
      let other = TestRecord("other", "else", ("score", "1"), ("date", "\"2024\""))
      let workspace = try Workspace()
      try workspace.write("copies.jsonl", records: copies.map(\.record) + [other])
      let results = try workspace.scan("copies.jsonl") { $0.matching.keep = KeepPolicy(keys) }
      var best = copies[0]
      for copy in copies where Self.comesFirst(copy, best, keys) { best = copy }
      #expect(results.ids(.keep) == [best.id, "other"], "round \(round)")
    }
  }

  @Test(
    "integers of up to 31 digits are compared exactly",
    arguments: [
      ("9007199254740992", "9007199254740993"), ("-9007199254740993", "-9007199254740992"),
      ("18446744073709551615", "18446744073709551616"),
      ("1000000000000000000000000000000", "1000000000000000000000000000001"),
      ("9999999999999999999999999999998", "9999999999999999999999999999999"),
      ("9007199254740991", "9007199254740992.0"), ("-0.5", "0"), ("1e3", "1001"),
    ])
  func exact(lower: String, higher: String) throws {
    for isString in [false, true] {
      let workspace = try Workspace()
      let records = [("low", lower), ("high", higher), ("again", lower)].map { id, score in
        TestRecord(id, "one two three", ("score", isString ? "\"\(score)\"" : score))
      }
      try workspace.write("scores.jsonl", records: records)
      let results = try workspace.scan("scores.jsonl") {
        $0.matching.keep = .highest(field: "score")
      }
      #expect(results.problems.isEmpty && results.ids(.keep) == ["high"])
    }
  }

  @Test("a missing field is a problem for each field, and of two keys once")
  func problems() throws {
    let workspace = try Workspace()
    try workspace.write(
      "data.jsonl",
      records: [
        TestRecord("a", "one two", ("x", "\"2024\"")), TestRecord("b", "three", ("y", "1")),
      ])
    let results = try workspace.scan("data.jsonl") {
      $0.matching.keep = KeepPolicy([
        .newest(field: "x"), .highest(field: "y"), .highest(field: "x"),
      ])
    }
    #expect(
      results.problems.map(\.place) == [
        "data.jsonl:1 missing-order-field", "data.jsonl:2 missing-order-field",
      ])
  }
}
