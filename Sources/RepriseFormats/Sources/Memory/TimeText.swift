/// Writes dates and times as text, in forms that keep orders read.
package enum TimeText {
  /// Writes a day that is counted from 1970: `2026-03-01`.
  package static func date(days: Int64) -> String {
    "\(ParquetDate(day: min(max(days, -limit), limit)))"
  }

  /// Writes a time that is counted from 1970: `2026-03-01T08:30:00.25Z`.
  package static func time(_ time: Int64, unitsPerSecond: Int, isUTC: Bool) -> String {
    ParquetDate.text(time: time, unitsPerSecond: unitsPerSecond, isUTC: isUTC)
  }

  /// The number of days in either direction that are dates.
  private static let limit: Int64 = 1 << 40
}
