internal import CReprise
internal import Reprise

/// How the values of an array are stored.
///
/// Rows are counted from the first row of the piece. The checks of ``init(_:_:rows:_:)`` and
/// ``check(count:_:hasValue:)`` make all reads of rows with values stay in the buffers, as far as the
/// sizes of the buffers are known: the interface gives those of string views alone.
indirect enum ArrowLayout {
  /// Every row is null.
  case null
  /// Offsets of 32 bits, and bytes.
  case short(offsets: UnsafeRawPointer, bytes: UnsafeRawPointer?)
  /// Offsets of 64 bits, and bytes.
  case long(offsets: UnsafeRawPointer, bytes: UnsafeRawPointer?)
  /// String views, and the buffers with the strings of more than 12 bytes.
  case views(UnsafeRawPointer, buffers: [UnsafeRawBufferPointer])
  /// Integers, or what their numbers mean.
  case integers(ArrowIntegers, ArrowMeaning)
  /// Numbers with a fraction.
  case floats(UnsafeRawPointer, byteCount: Int)
  /// Indices of values in a dictionary.
  case dictionary(ArrowIntegers, ArrowPiece)

  var isNull: Bool { if case .null = self { true } else { false } }

  /// True if rows have bytes.
  var isText: Bool {
    switch self {
    case .null, .short, .long, .views: true
    case .dictionary(_, let values): values.layout.isText
    case .integers, .floats: false
    }
  }

  /// True if rows have integers.
  var isInteger: Bool {
    if case .integers(let integers, .number) = self { integers.fitsSigned } else { false }
  }

  /// Returns the bytes of a row with a value; nil for one that is not text.
  func bytes(_ row: Int) -> UnsafeRawBufferPointer? {
    switch self {
    case .null, .integers, .floats: return nil
    case .short(let offsets, let bytes):
      let start = Int(offsets.loadUnaligned(fromByteOffset: 4 * row, as: Int32.self))
      let end = Int(offsets.loadUnaligned(fromByteOffset: 4 * row + 4, as: Int32.self))
      return UnsafeRawBufferPointer(start: bytes.map { $0 + start }, count: end - start)
    case .long(let offsets, let bytes):
      let start = Int(offsets.loadUnaligned(fromByteOffset: 8 * row, as: Int64.self))
      let end = Int(offsets.loadUnaligned(fromByteOffset: 8 * row + 8, as: Int64.self))
      return UnsafeRawBufferPointer(start: bytes.map { $0 + start }, count: end - start)
    case .views(let views, let buffers):
      let view = views + 16 * row
      let count = Int(view.loadUnaligned(as: Int32.self))
      if count <= 12 { return UnsafeRawBufferPointer(start: view + 4, count: count) }
      let buffer = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
      let start = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
      return UnsafeRawBufferPointer(rebasing: buffers[buffer][start..<start + count])
    case .dictionary(let indices, let values): return values.bytes(Int(indices[row]))
    }
  }

  /// Returns the integer of a row with a value; nil if there is none, or if it needs 64 bits without
  /// a sign.
  func integer(_ row: Int) -> Int64? {
    guard case .integers(let integers, .number) = self, integers.fitsSigned else { return nil }
    return integers[row]
  }

  /// Returns the value of a row as text, in a form that keep orders read.
  func text(_ row: Int) -> String? {
    switch self {
    case .null: return nil
    case .integers(let integers, let meaning):
      return meaning.text(integers[row], isUnsigned: !integers.fitsSigned)
    case .floats(let start, let byteCount):
      let value =
        byteCount == 4
        ? Double(start.loadUnaligned(fromByteOffset: 4 * row, as: Float.self))
        : start.loadUnaligned(fromByteOffset: 8 * row, as: Double.self)
      return value.isFinite ? "\(value)" : nil
    case .dictionary(let indices, let values): return values.text(Int(indices[row]))
    case .short, .long, .views: return bytes(row).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
