internal import CReprise

/// A table that is given out; its memory lives as long as any array of it.
final class OutputTable: Sendable {
  /// All columns, as those of one struct.
  let root: OutputColumn

  init(_ columns: [OutputColumn]) {
    root = OutputColumn(
      name: "", format: "+s", rowCount: columns.first?.rowCount ?? 0, nullCount: 0,
      buffers: [nil], children: columns)
  }

  /// Makes a stream that gives the table as one batch.
  func export(to out: UnsafeMutablePointer<ArrowArrayStream>) {
    out.initialize(to: ArrowArrayStream())
    out.pointee.get_schema = { stream, schema in
      guard let stream, let schema, let table = StreamState.of(stream)?.table else {
        return invalidArgument
      }
      exportSchema(table.root, to: schema)
      return 0
    }
    out.pointee.get_next = { stream, array in
      guard let stream, let array, let state = StreamState.of(stream) else {
        return invalidArgument
      }
      array.initialize(to: ArrowArray())
      guard !state.isAtEnd else { return 0 }
      state.isAtEnd = true
      exportArray(state.table.root, of: state.table, to: array)
      return 0
    }
    out.pointee.get_last_error = { _ in nil }
    out.pointee.release = releaseStream
    out.pointee.private_data = Unmanaged.passRetained(StreamState(self)).toOpaque()
  }

  /// Returns the table of a stream that ``export(to:)`` made; nil for other streams.
  static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>) -> OutputTable? {
    StreamState.of(stream)?.table
  }
}

/// The system's error number for an invalid argument.
private let invalidArgument: Int32 = 22

/// How far a stream was read.
private final class StreamState {
  let table: OutputTable
  var isAtEnd = false

  init(_ table: OutputTable) { self.table = table }

  static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>) -> StreamState? {
    guard let release = stream.pointee.release, let data = stream.pointee.private_data,
      unsafeBitCast(release, to: Int.self) == unsafeBitCast(releaseStream, to: Int.self)
    else { return nil }
    return Unmanaged<StreamState>.fromOpaque(data).takeUnretainedValue()
  }
}

private let releaseStream: @convention(c) (UnsafeMutablePointer<ArrowArrayStream>?) -> Void = {
  stream in
  guard let stream, let data = stream.pointee.private_data else { return }
  Unmanaged<StreamState>.fromOpaque(data).release()
  (stream.pointee.release, stream.pointee.private_data) = (nil, nil)
}

private func exportSchema(_ column: OutputColumn, to schema: UnsafeMutablePointer<ArrowSchema>) {
  schema.initialize(to: ArrowSchema())
  schema.pointee.format = UnsafePointer(ownedText(column.format))
  schema.pointee.name = UnsafePointer(ownedText(column.name))
  // The flag of columns that can have nulls.
  schema.pointee.flags = 2
  schema.pointee.n_children = Int64(column.children.count)
  let children = UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>.allocate(
    capacity: max(1, column.children.count))
  for (index, child) in column.children.enumerated() {
    let pointer = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
    exportSchema(child, to: pointer)
    children[index] = pointer
  }
  schema.pointee.children = children
  schema.pointee.release = { schema in
    guard let schema, schema.pointee.release != nil else { return }
    for index in 0..<Int(schema.pointee.n_children) {
      guard let child = schema.pointee.children[index] else { continue }
      child.pointee.release?(child)
      child.deallocate()
    }
    schema.pointee.children.deallocate()
    freeText(UnsafeMutablePointer(mutating: schema.pointee.format))
    freeText(UnsafeMutablePointer(mutating: schema.pointee.name))
    schema.pointee.release = nil
  }
}

private func exportArray(
  _ column: OutputColumn, of table: OutputTable, to array: UnsafeMutablePointer<ArrowArray>
) {
  array.initialize(to: ArrowArray())
  array.pointee.length = Int64(column.rowCount)
  array.pointee.null_count = Int64(column.nullCount)
  array.pointee.n_buffers = Int64(column.buffers.count)
  array.pointee.n_children = Int64(column.children.count)
  let buffers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(
    capacity: max(1, column.buffers.count))
  for (index, buffer) in column.buffers.enumerated() {
    buffers[index] = buffer.map { UnsafeRawPointer($0.start) }
  }
  array.pointee.buffers = buffers
  let children = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(
    capacity: max(1, column.children.count))
  for (index, child) in column.children.enumerated() {
    let pointer = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
    exportArray(child, of: table, to: pointer)
    children[index] = pointer
  }
  array.pointee.children = children
  // Each array keeps all of the table, because a child may outlive its parent.
  array.pointee.private_data = Unmanaged.passRetained(table).toOpaque()
  array.pointee.release = { array in
    guard let array, array.pointee.release != nil else { return }
    for index in 0..<Int(array.pointee.n_children) {
      guard let child = array.pointee.children[index] else { continue }
      child.pointee.release?(child)
      child.deallocate()
    }
    array.pointee.children.deallocate()
    array.pointee.buffers.deallocate()
    if let table = array.pointee.private_data {
      Unmanaged<OutputTable>.fromOpaque(table).release()
    }
    (array.pointee.release, array.pointee.private_data) = (nil, nil)
  }
}
