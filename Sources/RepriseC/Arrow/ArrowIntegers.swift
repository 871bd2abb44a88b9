internal import Reprise

/// Integers of any size.
struct ArrowIntegers {
  private let start: UnsafeRawPointer
  private let byteCount: Int
  private let isSigned: Bool

  /// The sizes of the formats' integers in bytes; negative with a sign.
  private static let sizes: [String: Int] = [
    "c": -1, "C": 1, "s": -2, "S": 2, "i": -4, "I": 4, "l": -8, "L": 8,
  ]

  /// Returns integers in a buffer; nil for a format that is not an integer's.
  init?(format: String, _ buffer: UnsafeRawPointer, start: Int) {
    guard let size = Self.sizes[format] else { return nil }
    (byteCount, isSigned) = (abs(size), size < 0)
    self.start = buffer + start * byteCount
  }

  /// Whether the format is that of an integer.
  static func isFormat(_ format: String) -> Bool { sizes[format] != nil }

  /// False for integers of 64 bits without a sign.
  var fitsSigned: Bool { isSigned || byteCount < 8 }

  /// Returns the integer of a row; one of 64 bits without a sign has the same bits.
  subscript(row: Int) -> Int64 {
    func load<Number: FixedWidthInteger>(_ type: Number.Type) -> Int64 {
      Int64(
        truncatingIfNeeded: start.loadUnaligned(fromByteOffset: row * byteCount, as: Number.self))
    }
    return switch (byteCount, isSigned) {
    case (1, true): load(Int8.self)
    case (1, false): load(UInt8.self)
    case (2, true): load(Int16.self)
    case (2, false): load(UInt16.self)
    case (4, true): load(Int32.self)
    case (4, false): load(UInt32.self)
    default: load(Int64.self)
    }
  }
}

/// The meaning of a column's integers.
enum ArrowMeaning {
  case number
  /// Days since 1970.
  case days
  /// A time since 1970.
  case time(unitsPerSecond: Int, isUTC: Bool)

  /// Returns an integer as text.
  func text(_ value: Int64, isUnsigned: Bool) -> String {
    switch self {
    case .number: isUnsigned ? "\(UInt64(bitPattern: value))" : "\(value)"
    case .days: TimeText.date(days: value)
    case .time(let units, let isUTC): TimeText.time(value, unitsPerSecond: units, isUTC: isUTC)
    }
  }

  /// Returns the format of the integers and their meaning; nil for other formats.
  init?(format: String, integers: inout String) {
    integers = "l"
    let units = ["s": 1, "m": 1000, "u": 1_000_000, "n": 1_000_000_000]
    if ArrowIntegers.isFormat(format) {
      (integers, self) = (format, .number)
    } else if format == "tdD" {
      (integers, self) = ("i", .days)
    } else if format == "tdm" {
      self = .time(unitsPerSecond: 1000, isUTC: false)
    } else if format.hasPrefix("ts"), let colon = format.firstIndex(of: ":"),
      let count = units[String(format[format.index(format.startIndex, offsetBy: 2)..<colon])]
    {
      self = .time(unitsPerSecond: count, isUTC: format.index(after: colon) < format.endIndex)
    } else {
      return nil
    }
  }
}
