internal import CReprise

/// A table that was read from an Arrow stream, and is released with this object.
///
/// Its memory belongs to whoever made the stream, and does not change.
final class ArrowTable: @unchecked Sendable {
  /// The name of the table in messages.
  let name: String
  private var schema = ArrowSchema()
  private(set) var batches: [ArrowArray] = []
  /// The name of each column.
  private(set) var columnNames: [String] = []
  private(set) var rowCount = 0
  /// True if the stream has columns; false if it is one column, as that of a series.
  let isStruct: Bool

  /// Reads all batches of a stream, and releases the stream.
  ///
  /// - Throws: an error for a stream that was read before, that fails, or whose structs are invalid.
  init(
    taking stream: UnsafeMutablePointer<ArrowArrayStream>?, named name: String
  ) throws(CallError) {
    self.name = name
    guard let stream, let release = stream.pointee.release else {
      throw .data("The \(name) was read before: a stream of Arrow data can be read once.")
    }
    var own = stream.pointee
    stream.pointee.release = nil
    defer { release(&own) }
    isStruct = try Self.readSchema(&own, name, into: &schema)
    do throws(CallError) {
      try readNames()
      try readBatches(&own)
    } catch {
      releaseAll()
      throw error
    }
  }

  deinit { releaseAll() }

  private func releaseAll() {
    for index in batches.indices { batches[index].release?(&batches[index]) }
    batches = []
    schema.release?(&schema)
    schema.release = nil
  }

  private static func readSchema(
    _ stream: inout ArrowArrayStream, _ name: String, into schema: inout ArrowSchema
  ) throws(CallError) -> Bool {
    guard let read = stream.get_schema else { throw .data("The \(name) has no schema.") }
    guard read(&stream, &schema) == 0 else { throw failure(of: &stream, name) }
    guard schema.release != nil, let format = schema.format else {
      throw .data("The \(name) has an empty schema.")
    }
    return String(cString: format) == "+s"
  }

  private func readNames() throws(CallError) {
    guard isStruct else {
      columnNames = [""]
      return
    }
    for index in 0..<max(0, schema.n_children) {
      guard let child = schema.children?[Int(index)], child.pointee.format != nil else {
        throw .data("The \(name) has no schema for column \(index).")
      }
      columnNames.append(child.pointee.name.map { String(cString: $0) } ?? "")
    }
  }

  private func readBatches(_ stream: inout ArrowArrayStream) throws(CallError) {
    guard let read = stream.get_next else { throw .data("The \(name) has no batches.") }
    while true {
      var batch = ArrowArray()
      guard read(&stream, &batch) == 0 else { throw Self.failure(of: &stream, name) }
      guard batch.release != nil else { return }
      batches.append(batch)
      try check(batch)
      rowCount += Int(batch.length)
      guard rowCount < Int(UInt32.max) else {
        throw .data("The \(name) has more than \(UInt32.max - 1) rows, which is too many.")
      }
    }
  }

  private func check(_ batch: ArrowArray) throws(CallError) {
    let number = batches.count - 1
    guard batch.length >= 0, batch.offset >= 0, batch.length <= Int64(UInt32.max),
      batch.offset <= Int64(1) << 46
    else {
      throw .data(
        "Batch \(number) of the \(name) has the length \(batch.length) and the offset "
          + "\(batch.offset), which is impossible.")
    }
    guard isStruct else { return }
    guard batch.n_children == schema.n_children else {
      throw .data(
        "Batch \(number) of the \(name) has \(batch.n_children) columns, and its schema has "
          + "\(schema.n_children).")
    }
    for index in columnNames.indices {
      guard let child = batch.children?[index], child.pointee.release != nil else {
        throw .data(
          "Batch \(number) of the \(name) has no data for the column \"\(columnNames[index])\".")
      }
    }
  }

  /// Returns the index of a column; nil if there is none of this name.
  func column(named column: String) -> Int? { columnNames.firstIndex(of: column) }

  /// Returns the data of a column.
  ///
  /// - Parameter index: the index of the column.
  /// - Returns: the column.
  /// - Throws: an error for data that is not of a readable format, or that breaks its format's rules.
  /// - Complexity: O(rows), because everything that is read later is checked.
  func column(_ index: Int) throws(CallError) -> ArrowColumn {
    let title = isStruct ? "column \"\(columnNames[index])\" of the \(name)" : "the \(name)"
    var pieces: [ArrowPiece] = []
    for batch in batches {
      guard isStruct else {
        pieces.append(
          try ArrowPiece(schema, batch, rows: 0..<Int(batch.length), hiddenBy: nil, title))
        continue
      }
      // `check` saw that the child is there, and `readNames` its schema.
      guard let child = batch.children[index], let type = schema.children[index] else { continue }
      let rows = Int(batch.offset)..<Int(batch.offset + batch.length)
      let validity = try ArrowValidity(batch, start: Int(batch.offset), "the \(name)")
      pieces.append(
        try ArrowPiece(type.pointee, child.pointee, rows: rows, hiddenBy: validity, title))
    }
    return ArrowColumn(pieces)
  }

  private static func failure(
    of stream: inout ArrowArrayStream, _ name: String
  ) -> CallError {
    let last = stream.get_last_error
    let message = last?(&stream).map { String(cString: $0) }
    return .data("The \(name) could not be read: \(message ?? "its stream failed").")
  }
}
