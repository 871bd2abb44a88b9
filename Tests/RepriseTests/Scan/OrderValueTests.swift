import Foundation
import Testing

@testable import Reprise

/// Dates of the keep order, against Foundation's calendar.
@Suite("Dates of the keep order")
struct OrderValueTests {
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  // The calendar's own is Julian before October 1582, so dates begin after that.
  private static func seconds(_ year: Int, _ month: Int, _ day: Int, _ time: Int) -> Double? {
    let date = DateComponents(year: year, month: month, day: day)
    guard date.isValidDate(in: calendar), let start = calendar.date(from: date) else { return nil }
    return start.timeIntervalSince1970 + Double(time)
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }

  @Test("every day of every month has the calendar's value, and no other day has one")
  func days() {
    for year in [1600, 1700, 1899, 1900, 1970, 2000, 2023, 2024, 2100, 2400, 9999] {
      for month in 0...13 {
        for day in 0...32 {
          let text = "\(year)-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
          #expect(DateText.seconds(text) == Self.seconds(year, month, day, 0), "\(text)")
        }
      }
    }
  }

  @Test("random dates, times and offsets agree with the calendar, impossible ones have no value")
  func random() {
    var generator = FixedGenerator(seed: 64)
    func number(_ limit: Int) -> Int { Int.random(in: 0...limit, using: &generator) }
    var valid = 0
    for _ in 0..<20_000 {
      let (year, month, day) = (1583 + number(1000), number(12), number(31))
      let (hour, minute, second) = (number(25), number(62), number(62))
      let (offsetHour, offsetMinute) = (number(25), number(62))
      let sign = number(1) == 0 ? "+" : "-"
      let text =
        "\(year)-\(Self.digits(month, 2))-\(Self.digits(day, 2))T\(Self.digits(hour, 2))"
        + ":\(Self.digits(minute, 2)):\(Self.digits(second, 2))"
        + "\(sign)\(Self.digits(offsetHour, 2)):\(Self.digits(offsetMinute, 2))"
      let isTime = hour < 24 && minute < 60 && second < 61 && offsetHour < 24 && offsetMinute < 60
      let offset = (offsetHour * 60 + offsetMinute) * 60 * (sign == "+" ? 1 : -1)
      let time = (hour * 60 + minute) * 60 + second - offset
      let expected = isTime ? Self.seconds(year, month, day, time) : nil
      #expect(DateText.seconds(text) == expected, "\(text)")
      valid += expected == nil ? 0 : 1
    }
    #expect(valid > 10_000)
  }

  @Test(
    "what breaks a bound or the form has no value",
    arguments: [
      "2024-02-31", "2023-02-29", "1900-02-29", "2024-04-31", "2024-00-10", "2024-13-01",
      "2024-01-00", "2024-01-01T24:00", "2024-01-01T99:99", "2024-01-01T12:60",
      "2024-01-01T12:30:61", "2024-01-01T12:30+99:99", "2024-01-01T12:30+24:00",
      "2024-01-01T12:30+01:60", "2024-01-01T12:30+01:", "2024-01-01T12:30+01:3",
      "2024-01-01T12:30+1", "2024-01-01T", "2024-01-01T1", "2024-01-01x",
    ])
  func impossible(_ text: String) { #expect(DateText.seconds(text) == nil) }

  @Test(
    "what keeps the bounds has one",
    arguments: [
      ("2024-02-29", 1_709_164_800), ("2000-02-29", 951_782_400), ("1970-01-01T00:00Z", 0),
      ("2016-12-31T23:59:60Z", 1_483_228_800), ("1970-01-01T00:00:00.5+23:59", -86_339.5),
      ("1970-01-01 01:00:00+01", 0), ("1970-01-01t01:30+0130", 0),
    ])
  func possible(_ text: String, seconds: Double) {
    #expect(DateText.seconds(text) == seconds)
  }

  @Test("documents with an impossible date are problems, and last in order")
  func scanned() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 5)
    let text = random.text(60)
    try workspace.write(
      "dates.jsonl",
      records: [
        TestRecord("feb31", text, ("date", "\"2024-02-31\"")),
        TestRecord("good", text, ("date", "\"2020-02-29\"")),
        TestRecord("late", text, ("date", "\"2031-01-01T99:99\"")),
        TestRecord("far", text, ("date", "\"2031-01-01T10:00+99:99\"")),
      ])
    let results = try workspace.scan("dates.jsonl") { $0.matching.keep = .newest(field: "date") }
    #expect(results.ids(.keep) == ["good"])
    #expect(results.problems.map(\.line) == [1, 3, 4])
    #expect(Set(results.problems.map(\.class)) == ["missing-order-field"])
  }
}
