/// Reads tables of a FlatBuffer; every place is checked.
struct FlatBytes {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns an unsigned integer of 2 or 4 bytes.
  private func number(_ place: Int, _ count: Int) -> Int? {
    guard place >= 0, place <= bytes.count - count else { return nil }
    return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  /// Follows a reference.
  func reference(at place: Int) -> Int? {
    guard let distance = number(place, 4), place + distance < bytes.count else { return nil }
    return place + distance
  }

  /// Returns the place of a field of a table; nil if it is absent.
  private func place(_ table: Int, field: Int) -> Int? {
    guard let distance = number(table, 4) else { return nil }
    let fields = table - Int(Int32(truncatingIfNeeded: distance))
    guard let size = number(fields, 2), 4 + 2 * field + 2 <= size,
      let offset = number(fields + 4 + 2 * field, 2), offset > 0
    else { return nil }
    return table + offset
  }

  /// A field of one byte.
  func byte(_ table: Int, field: Int) -> Int? {
    place(table, field: field).flatMap { number($0, 1) }
  }

  /// A field of two bytes.
  func short(_ table: Int, field: Int) -> Int? {
    place(table, field: field).flatMap { number($0, 2) }
  }

  /// A field that is a table.
  func table(_ table: Int, field: Int) -> Int? {
    place(table, field: field).flatMap { reference(at: $0) }
  }

  /// A field that is a string.
  func string(_ table: Int, field: Int) -> String? {
    guard let place = self.table(table, field: field), let count = number(place, 4),
      count <= bytes.count - place - 4
    else { return nil }
    return String(decoding: bytes[place + 4..<place + 4 + count], as: UTF8.self)
  }

  /// The places of the tables in a field that is a vector of tables.
  func vector(_ table: Int, field: Int) -> [Int]? {
    guard let vector = self.table(table, field: field), let count = number(vector, 4),
      count <= (bytes.count - vector) / 4
    else { return nil }
    let places = (0..<count).compactMap { reference(at: vector + 4 + 4 * $0) }
    return places.count == count ? places : nil
  }
}

/// Writes the beginning of a FlatBuffer before the bytes of another one.
///
/// Everything is aligned to 8 bytes. References are set when their target is known.
struct FlatWriter {
  /// A field of a table.
  enum Field {
    case absent
    case byte(Int)
    case short(Int)
    case int(Int)
    case long(Int)
    case reference

    fileprivate var byteCount: Int {
      switch self {
      case .absent: 0
      case .byte: 1
      case .short: 2
      case .int, .reference: 4
      case .long: 8
      }
    }
  }

  private var bytes: [UInt8] = []
  private var old: [(slot: Int, place: Int)] = []

  private mutating func align() { while bytes.count % 8 != 0 { bytes.append(0) } }

  private mutating func append(_ value: Int, _ count: Int) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }

  private mutating func put(_ value: Int, at slot: Int) {
    for index in 0..<4 { bytes[slot + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
  }

  /// Appends a reference that is not set.
  mutating func reserveReference() -> Int {
    append(0, 4)
    return bytes.count - 4
  }

  /// Sets a reference to a place of the new bytes.
  mutating func set(_ slot: Int, to place: Int) { put(place - slot, at: slot) }

  /// Sets a reference to a place of the old bytes.
  mutating func setOld(_ slot: Int, to place: Int) { old.append((slot, place)) }

  /// Appends a table; returns its place and those of its fields.
  mutating func table(_ fields: [Field]) -> (place: Int, slots: [Int]) {
    align()
    let start = bytes.count
    // Each field has 8 bytes, after 8 with the distance to the list of the fields' places.
    append(4 + 2 * fields.count, 2)
    append(8 + 8 * fields.count, 2)
    for (index, field) in fields.enumerated() {
      append(field.byteCount == 0 ? 0 : 8 + 8 * index, 2)
    }
    align()
    let place = bytes.count
    append(place - start, 8)
    for field in fields {
      switch field {
      case .byte(let value), .short(let value), .int(let value), .long(let value):
        append(value, 8)
      case .absent, .reference: append(0, 8)
      }
    }
    return (place, fields.indices.map { place + 8 + 8 * $0 })
  }

  /// Appends a vector of references.
  mutating func vector(count: Int) -> (place: Int, slots: [Int]) {
    align()
    let place = bytes.count
    append(count, 4)
    append(0, 4 * count)
    return (place, (0..<count).map { place + 4 + 4 * $0 })
  }

  /// Appends a string; returns its place.
  mutating func string(_ text: [UInt8]) -> Int {
    align()
    let place = bytes.count
    append(text.count, 4)
    bytes += text + [0]
    return place
  }

  /// Returns all bytes, with the old ones at their end.
  mutating func finish(before rest: [UInt8]) -> [UInt8] {
    align()
    for (slot, place) in old { put(bytes.count + place - slot, at: slot) }
    bytes += rest
    align()
    return bytes
  }
}
