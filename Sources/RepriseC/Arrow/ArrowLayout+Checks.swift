internal import CReprise

extension ArrowLayout {
  /// Finds the buffers of an array.
  ///
  /// - Parameters:
  ///   - schema: the type of the array.
  ///   - array: the array.
  ///   - rows: the rows that belong to the column.
  ///   - title: the name of the column in messages.
  /// - Throws: an error for a format that is not read, or for a missing buffer.
  init(
    _ schema: ArrowSchema, _ array: ArrowArray, rows: Range<Int>, _ title: String
  ) throws(CallError) {
    guard let name = schema.format else { throw .data("\(title.capitalizedStart) has no format.") }
    let format = String(cString: name)
    if schema.dictionary != nil {
      self = try Self.dictionary(schema, array, format, rows, title)
      return
    }
    switch format {
    case "n": self = .null
    case "u", "z", "U", "Z":
      let isLong = format == "U" || format == "Z"
      try Self.check(array, has: 3, title)
      guard let offsets = array.buffers[1] else {
        guard rows.isEmpty else { throw .data("\(title.capitalizedStart) has no offsets.") }
        self = .null
        return
      }
      let first = offsets + rows.lowerBound * (isLong ? 8 : 4)
      self =
        isLong
        ? .long(offsets: first, bytes: array.buffers[2])
        : .short(offsets: first, bytes: array.buffers[2])
    case "vu", "vz": self = try Self.views(array, rows, title)
    case "f", "g":
      let byteCount = format == "f" ? 4 : 8
      let values = try Self.values(array, rows, title)
      self = .floats(values + rows.lowerBound * byteCount, byteCount: byteCount)
    default:
      var integers = ""
      guard let meaning = ArrowMeaning(format: format, integers: &integers) else {
        throw .data(
          "\(title.capitalizedStart) has the Arrow format \"\(format)\", which is neither text nor "
            + "a number or a date.")
      }
      let values = try Self.values(array, rows, title)
      guard let integers = ArrowIntegers(format: integers, values, start: rows.lowerBound) else {
        throw .data("\(title.capitalizedStart) has the unknown Arrow format \"\(format)\".")
      }
      self = .integers(integers, meaning)
    }
  }

  private static func check(
    _ array: ArrowArray, has count: Int64, _ title: String
  ) throws(CallError) {
    guard array.n_buffers == count, array.buffers != nil else {
      throw .data(
        "\(title.capitalizedStart) has \(array.n_buffers) buffers, and its format has \(count).")
    }
  }

  /// Stands for the values of an array without rows, which are not read.
  nonisolated(unsafe) private static let nothing = UnsafeRawPointer(
    UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64))

  private static func values(
    _ array: ArrowArray, _ rows: Range<Int>, _ title: String
  ) throws(CallError) -> UnsafeRawPointer {
    try check(array, has: 2, title)
    if let values = array.buffers[1] { return values }
    guard rows.isEmpty else { throw .data("\(title.capitalizedStart) has no values.") }
    return nothing
  }

  private static func views(
    _ array: ArrowArray, _ rows: Range<Int>, _ title: String
  ) throws(CallError) -> ArrowLayout {
    guard array.n_buffers >= 3, array.n_buffers <= 3 + Int64(Int32.max), let all = array.buffers
    else {
      throw .data(
        "\(title.capitalizedStart) has \(array.n_buffers) buffers, and its format has at least 3.")
    }
    let count = Int(array.n_buffers) - 3
    guard count == 0 || all[count + 2] != nil else {
      throw .data("\(title.capitalizedStart) has no sizes for its buffers.")
    }
    var buffers: [UnsafeRawBufferPointer] = []
    for index in 0..<count {
      let size = all[count + 2]?.loadUnaligned(fromByteOffset: 8 * index, as: Int64.self) ?? 0
      guard size >= 0, all[index + 2] != nil || size == 0 else {
        throw .data("Buffer \(index) of \(title) has \(size) bytes, which is impossible.")
      }
      buffers.append(UnsafeRawBufferPointer(start: all[index + 2], count: Int(size)))
    }
    guard let views = all[1] else {
      guard rows.isEmpty else { throw .data("\(title.capitalizedStart) has no views.") }
      return .null
    }
    return .views(views + 16 * rows.lowerBound, buffers: buffers)
  }

  private static func dictionary(
    _ schema: ArrowSchema, _ array: ArrowArray, _ format: String, _ rows: Range<Int>,
    _ title: String
  ) throws(CallError) -> ArrowLayout {
    guard let type = schema.dictionary, let dictionary = array.dictionary,
      dictionary.pointee.release != nil
    else { throw .data("\(title.capitalizedStart) has no dictionary.") }
    guard type.pointee.dictionary == nil else {
      throw .data("The dictionary of \(title) has a dictionary, which is not read.")
    }
    let indices = try values(array, rows, title)
    guard let integers = ArrowIntegers(format: format, indices, start: rows.lowerBound) else {
      throw .data("\(title.capitalizedStart) has indices that are not integers.")
    }
    let count = dictionary.pointee.length
    guard count >= 0, count <= Int64(UInt32.max) else {
      throw .data("The dictionary of \(title) has \(count) values, which is impossible.")
    }
    let values = try ArrowPiece(
      type.pointee, dictionary.pointee, rows: 0..<Int(count), hiddenBy: nil,
      "the dictionary of \(title)")
    return .dictionary(integers, values)
  }

  /// Checks the offsets, views and indices of all rows.
  ///
  /// - Parameters:
  ///   - count: the number of rows.
  ///   - title: the name of the column in messages.
  ///   - hasValue: whether a row has a value.
  /// - Throws: an error that names the first wrong row.
  func check(
    count: Int, _ title: String, hasValue: (Int) -> Bool
  ) throws(CallError) {
    switch self {
    case .null, .integers, .floats: return
    case .short(let offsets, let bytes):
      try Self.check(count, bytes, title) {
        Int64(offsets.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self))
      }
    case .long(let offsets, let bytes):
      try Self.check(count, bytes, title) {
        offsets.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)
      }
    case .views(let views, let buffers):
      for row in 0..<count where hasValue(row) {
        guard Self.isInside(views + 16 * row, buffers) else {
          throw .data("The view of row \(row) of \(title) is outside its buffers.")
        }
      }
    case .dictionary(let indices, let values):
      for row in 0..<count where hasValue(row) {
        guard indices[row] >= 0, indices[row] < values.count else {
          throw .data(
            "Row \(row) of \(title) has the index \(indices[row]) of a dictionary with "
              + "\(values.count) values.")
        }
      }
    }
  }

  private static func check(
    _ count: Int, _ bytes: UnsafeRawPointer?, _ title: String, _ offset: (Int) -> Int64
  ) throws(CallError) {
    guard count > 0 else { return }
    var last = offset(0)
    for row in 0..<count {
      let next = offset(row + 1)
      guard last >= 0, next >= last, next <= Int64(1) << 46 else {
        throw .data(
          "The offsets of row \(row) of \(title) are \(last) and \(next), which is impossible.")
      }
      last = next
    }
    guard bytes != nil || last == 0 else { throw .data("\(title.capitalizedStart) has no bytes.") }
  }

  private static func isInside(
    _ view: UnsafeRawPointer, _ buffers: [UnsafeRawBufferPointer]
  ) -> Bool {
    let count = Int(view.loadUnaligned(as: Int32.self))
    guard count > 12 else { return count >= 0 }
    let buffer = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
    let start = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
    return buffers.indices.contains(buffer) && start >= 0
      && start + count <= buffers[buffer].count
  }
}
