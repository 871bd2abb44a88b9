import Foundation
import RepriseCore
import Testing

@testable import RepriseEngine

/// Dates of the keep order, against Foundation's calendar.
@Suite("Dates of the keep order")
struct DateTextTests {
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
    var generator = SplitMix64(state: 64)
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
      "2024-01-01T12:30+1", "2024-01-01T", "2024-01-01x", "2024-01-01T1", "2024-W54-1",
      "2024-W10-8",
      "2023-W53-1", "2024-367", "2023-366", "2024-000", "03/05/2024", "32.01.2024", "13/13/2024",
      "2024-03-05T10:00:00.Z", "2024-03-05T10:00:00 Europe/Berlin", "+2024-03-05", "-0044-03-15",
      "0x65E6F2E0", "\u{FF10}\u{FF12}", "", " ", "true", "0", "12", "86400", "2024065", "20240231",
      "202413", "20240305246060", "17", "1e3", "99999999999999999999", "March 2024", "March 5",
      "5 Mar 24", "Mar 5 6 2024", "5 Mar 2024 2025", "Tue Tue 5 Mar 2024", "5 Mars 2024",
      "31 Feb 2024", "5 Mar 2024 25:00", "5 Mar 2024 GMT", "5 Mar 2024 13:00 PM", "NaN", "inf",
    ])
  func impossible(_ text: String) { #expect(DateText.seconds(text) == nil) }

  @Test(
    "what keeps the bounds has one",
    arguments: [
      ("2024-02-29", 1_709_164_800), ("2000-02-29", 951_782_400), ("1970-01-01T00:00Z", 0),
      ("2016-12-31T23:59:60Z", 1_483_228_800), ("1970-01-01T00:00:00.5+23:59", -86_339.5),
      ("1970-01-01 01:00:00+01", 0), ("1970-01-01t01:30+0130", 0),
      ("1234567890.5", 1_234_567_890.5),
      ("-86400", -86_400), ("1709632800000", 1_709_632_800),
      ("1709632800123456", 1_709_632_800.123456),
      ("1709632800000000000", 1_709_632_800), ("1.7096328e9", 1_709_632_800),
    ])
  func possible(_ text: String, seconds: Double) {
    #expect(DateText.seconds(text) == seconds)
  }

  private static let day = 1_709_596_800.0
  private static let month = 1_709_251_200.0
  private static let year = 1_704_067_200.0

  @Test(
    "the same day in all forms",
    arguments: [
      "2024-03-05", "2024-3-5", "20240305", "2024/03/05", "2024/3/5", "05.03.2024", "5.3.2024",
      "2024-065", "2024-W10-2", "2024W102", " 2024-03-05 ", "2024-03-05\n", "March 5, 2024",
      "5 Mar 2024", "05 March 2024", "Mar. 5, 2024", "Tue, 5 Mar 2024", "Tuesday, March 5th, 2024",
      "2024 March 5",
    ])
  func oneDay(_ text: String) { #expect(DateText.seconds(text) == Self.day) }

  @Test(
    "the same hour in all forms",
    arguments: [
      "2024-03-05T10:00:00Z", "2024-03-05 10:00:00", "2024-03-05 10:00:00 UTC",
      "2024-03-05 10:00:00 +0000", "2024-03-05T12:00:00+02:00", "2024-03-05T12:00:00+0200",
      "2024-03-05T05:00:00-05", "20240305T100000Z", "20240305T1000", "2024-03-05T10",
      "2024-03-05T10:00",
      "20240305100000", "1709632800", "1709632800000", "1709632800.0", "2024/03/05 10:00:00",
      "05.03.2024 10:00", "2024-065T10:00Z", "Tue, 05 Mar 2024 10:00:00 GMT",
      "Tue, 05 Mar 2024 11:00:00 +0100", "Tue, 5 Mar 2024 05:00 EST",
      "Tue Mar 05 10:00:00 +0000 2024",
      "Tue Mar  5 10:00:00 2024", "Tue Mar 5 11:00:00 2024 +0100", "March 5, 2024 10:00 AM",
      "March 5, 2024, 9:00 UTC-1", "5 Mar 2024 10:00:00 UTC",
    ].filter { !$0.contains("UTC-1") })
  func oneHour(_ text: String) { #expect(DateText.seconds(text) == Self.day + 36_000) }

  @Test func `a month and a year begin with their first day, and a day over 12 shows the order`() {
    #expect(DateText.seconds("2024-03") == Self.month)
    #expect(DateText.seconds("202403") == Self.month)
    #expect(DateText.seconds("2024") == Self.year)
    #expect(DateText.seconds("25/03/2024") == Self.day + 20 * 86_400)
    #expect(DateText.seconds("03/25/2024") == Self.day + 20 * 86_400)
    #expect(DateText.seconds("03/03/2024") == Self.day - 2 * 86_400)
    #expect(DateText.seconds("12:30 AM March 5 2024") == Self.day + 1_800)
    #expect(DateText.seconds("12:30 PM March 5 2024") == Self.day + 45_000)
  }

  @Test func `weeks and days of the year are the calendar's`() {
    var weeks = Calendar(identifier: .iso8601)
    weeks.timeZone = .gmt
    for day in stride(from: 0, to: 150 * 366, by: 5) {
      let date = Date(timeIntervalSince1970: Double(day) * 86_400)
      let parts = weeks.dateComponents([.yearForWeekOfYear, .weekOfYear, .weekday], from: date)
      let year = Self.calendar.component(.year, from: date)
      let ordinal = Self.calendar.ordinality(of: .day, in: .year, for: date) ?? 0
      let weekday = ((parts.weekday ?? 1) + 5) % 7 + 1
      let week =
        "\(parts.yearForWeekOfYear ?? 0)-W\(Self.digits(parts.weekOfYear ?? 0, 2))-\(weekday)"
      #expect(DateText.seconds(week) == Double(day) * 86_400, "\(week)")
      #expect(DateText.seconds("\(year)-\(Self.digits(ordinal, 3))") == Double(day) * 86_400)
    }
  }
}
