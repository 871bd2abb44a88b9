import Foundation
import Testing

@testable import Reprise

/// A table of the forms of dates, and Foundation's calendar for weeks and days of the year.
@Suite("Forms of dates")
struct DateTextTests {
  /// 2024-03-05, a Tuesday; and 10:00 on it.
  private static let (day, ten) = (1_709_596_800.0, 1_709_632_800.0)

  @Test(
    "a day",
    arguments: [
      "2024-03-05", "2024-3-5", "20240305", "2024/03/05", "2024/3/5", "2024.03.05", " 2024-03-05 ",
      "2024-03-05\n", "March 5, 2024", "5 Mar 2024", "5 March 2024", "Mar. 5th 2024", "5-Mar-2024",
      "Tuesday, March 5, 2024", "2024-W10-2", "2024W102", "2024-065", "20240305.0",
    ])
  func days(text: String) { #expect(DateText.seconds(text) == Self.day) }

  @Test(
    "a time",
    arguments: [
      "2024-03-05T10:00:00Z", "2024-03-05T12:00:00+02:00", "2024-03-05 10:00:00",
      "2024-03-05 10:00:00 UTC", "2024-03-05 10:00:00 +0000", "2024-03-05 15:30 +05:30",
      "20240305T100000Z", "20240305T1000", "20240305 10:00:00", "2024-03-05T10", "2024-03-05T10:00",
      "2024-03-05T12:00:00+0200", "2024-03-05T05:00:00-05", "2024/03/05 10:00:00",
      "Tue, 05 Mar 2024 10:00:00 GMT", "Tue, 5 Mar 2024 11:00:00 +0100 (CET)",
      "05 Mar 2024 10:00 UT", "Tue Mar 05 10:00:00 +0000 2024", "Tue Mar  5 10:00:00 2024",
      "March 5, 2024 10:00", "2024-W10-2T10:00Z", "2024-065T10:00Z", "20240305100000",
      "1709632800", "1709632800.0", "1.7096328e9", "1709632800000", "1709632800000000",
      "1709632800000000000", "2024-03-05T10:00:00.000000000Z",
    ])
  func times(text: String) { #expect(DateText.seconds(text) == Self.ten) }

  @Test("a month and a year are their first days")
  func months() {
    for text in ["2024-03", "202403", "2024/03", "March 2024", "Mar 2024"] {
      #expect(DateText.seconds(text) == Self.day - 4 * 86_400, "\(text)")
    }
    for text in ["2024", "2024.0", "2024-01-01", "2024-001", "2024-W01", "2024-W01-1"] {
      #expect(DateText.seconds(text) == Self.day - 64 * 86_400, "\(text)")
    }
  }

  @Test("day and month in figures count only if they have one meaning")
  func figures() {
    for text in ["25.03.2024", "03/25/2024", "25-3-2024", "25/03/2024"] {
      #expect(DateText.seconds(text) == Self.day + 20 * 86_400, "\(text)")
    }
    #expect(DateText.seconds("03.03.2024 10:00") == Self.ten - 2 * 86_400)
  }

  @Test(
    "what has two meanings, no form or no day has no value",
    arguments: [
      "05.03.2024", "03/05/2024", "05.03.24", "25.13.2024", "2024-02-31", "20240231", "202413",
      "2024-03-05T24:00:00Z", "2024-03-05T10:00:00 Europe/Berlin", "2024-03-05T10.5",
      "\u{FF10}\u{FF12}", "", " ", "2024-03-05T10:00:00.Z", "+2024-03-05", "-0044-03-15",
      "0x65E6F2E0", "true", "today", "March", "Wed, 05 Mar 2024 10:00:00 GMT", "Tue 5 2024",
      "31 Feb 2024", "5 Mar 24", "2024-W53-1", "2024-W10-8", "2023-366", "2024-000", "5", "12345",
      "45356", "1234567", "12345678901", "202403051000", "240305", "2024.5", "-2024", "1e400",
      "12345678901234567", "20240305256000", "NaN", "inf", "2024-03/05", "2024W10-2",
      "2024-03-05Z", "2024-03-05T10:00 PM", "5 Mar 2024 x",
    ])
  func none(text: String) { #expect(DateText.seconds(text) == nil) }

  @Test("every week and every day of a year are those of the calendar")
  func calendar() throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    for year in [1970, 1999, 2000, 2004, 2009, 2015, 2020, 2023, 2024, 2026, 2032] {
      let january = try #require(
        calendar.date(from: DateComponents(year: year, month: 1, day: 1)))
      let count = try #require(calendar.range(of: .day, in: .year, for: january)).count
      for offset in 0..<count {
        let date = january.addingTimeInterval(Double(offset) * 86_400)
        let parts = calendar.dateComponents(
          [.yearForWeekOfYear, .weekOfYear, .weekday], from: date)
        let (week, weekday) = (try #require(parts.weekOfYear), try #require(parts.weekday))
        let weekYear = try #require(parts.yearForWeekOfYear)
        let weekText =
          "\(weekYear)-W\(week < 10 ? "0" : "")\(week)-\(weekday == 1 ? 7 : weekday - 1)"
        #expect(DateText.seconds(weekText) == date.timeIntervalSince1970, "\(weekText)")
        let ordinal =
          "\(year)-" + String(repeating: "0", count: 3 - "\(offset + 1)".count)
          + "\(offset + 1)"
        #expect(DateText.seconds(ordinal) == date.timeIntervalSince1970, "\(ordinal)")
      }
    }
  }
}
