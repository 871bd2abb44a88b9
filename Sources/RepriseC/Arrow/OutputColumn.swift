/// A column that is given out.
struct OutputColumn: Sendable {
  let name: String
  /// The Arrow format of the values.
  let format: String
  let rowCount: Int
  let nullCount: Int
  /// The buffers of the format, the bits of validity first; nil for one that is not needed.
  let buffers: [OutputMemory?]
  var children: [OutputColumn] = []
}

extension OutputColumn {
  /// Makes a column of texts.
  init(_ name: String, _ texts: some Sequence<String?>) {
    var (offsets, bytes, validity) = ([Int64(0)], [UInt8](), OutputBits())
    for text in texts {
      validity.append(text != nil)
      if let text { bytes.append(contentsOf: text.utf8) }
      offsets.append(Int64(bytes.count))
    }
    self.init(name, "U", validity, [OutputMemory(offsets), OutputMemory(bytes)])
  }

  /// Makes a column of integers.
  init(_ name: String, _ values: some Sequence<Int?>) {
    self.init(name, "l", values: values.map { $0.map { Int64($0) } }, 0)
  }

  /// Makes a column of integers without nulls.
  init(_ name: String, _ values: [Int64]) {
    self.init(
      name: name, format: "l", rowCount: values.count, nullCount: 0,
      buffers: [nil, OutputMemory(values)])
  }

  /// Makes a column of numbers.
  init(_ name: String, _ values: some Sequence<Double?>) {
    self.init(name, "g", values: Array(values), 0)
  }

  /// Makes a column of numbers without a sign.
  init(_ name: String, _ values: some Sequence<UInt64?>) {
    self.init(name, "L", values: Array(values), 0)
  }

  /// Makes a column of small numbers without a sign.
  init(_ name: String, _ values: some Sequence<UInt32?>) {
    self.init(name, "I", values: Array(values), 0)
  }

  /// Makes a column of bits.
  init(_ name: String, _ values: some Sequence<Bool>) {
    var (bits, validity) = (OutputBits(), OutputBits())
    for value in values {
      bits.append(value)
      validity.append(true)
    }
    self.init(name, "b", validity, [OutputMemory(bits.bytes)])
  }

  /// Makes a column of lists of rows.
  ///
  /// - Parameters:
  ///   - name: the name.
  ///   - counts: the number of entries in each list.
  ///   - entries: the columns of all entries.
  init(_ name: String, counts: some Sequence<Int>, entries: [OutputColumn]) {
    let count = entries.first?.rowCount ?? 0
    let item = OutputColumn(
      name: "item", format: "+s", rowCount: count, nullCount: 0, buffers: [nil],
      children: entries)
    self.init(name, counts: counts, items: item)
  }

  /// Makes a column of lists.
  init(_ name: String, counts: some Sequence<Int>, items: OutputColumn) {
    var offsets = [Int64(0)]
    for count in counts { offsets.append((offsets.last ?? 0) + Int64(count)) }
    self.init(
      name: name, format: "+L", rowCount: offsets.count - 1, nullCount: 0,
      buffers: [nil, OutputMemory(offsets)], children: [items])
  }

  /// Makes a column of lists of one length.
  ///
  /// - Parameters:
  ///   - name: the name.
  ///   - length: the number of values in each list, at least 1.
  ///   - validity: which rows have a list.
  ///   - values: the values of all rows, also of those without a list.
  init(_ name: String, length: Int, validity: OutputBits, values: OutputColumn) {
    self.init(name, "+w:\(length)", validity, [], children: [values])
  }

  private init(
    _ name: String, _ format: String, _ validity: OutputBits, _ buffers: [OutputMemory],
    children: [OutputColumn] = []
  ) {
    self.init(
      name: name, format: format, rowCount: validity.count, nullCount: validity.zeroCount,
      buffers: [validity.zeroCount == 0 ? nil : OutputMemory(validity.bytes)] + buffers,
      children: children)
  }

  private init<Value: BitwiseCopyable>(
    _ name: String, _ format: String, values: [Value?], _ zero: Value
  ) {
    var validity = OutputBits()
    for value in values { validity.append(value != nil) }
    self.init(name, format, validity, [OutputMemory(values.map { $0 ?? zero })])
  }
}
