extension JSONTree {
  /// Writes the value on one line.
  package func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .integer(let value): writer.integer(value)
    case .double(let value): writer.double(value)
    case .string(let value): writer.string(value)
    case .array(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .object(let fields):
      writer.beginObject()
      for field in fields {
        writer.name(field.name)
        field.value.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// Appends the value on several lines, indented by two spaces per level.
  package func appendPretty(to buffer: inout ByteBuffer, level: Int = 0) {
    switch self {
    case .array(let elements) where !elements.isEmpty:
      buffer.append("[")
      for (index, element) in elements.enumerated() {
        buffer.append(index == 0 ? "\n" : ",\n")
        Self.indent(level + 1, &buffer)
        element.appendPretty(to: &buffer, level: level + 1)
      }
      buffer.append("\n")
      Self.indent(level, &buffer)
      buffer.append("]")
    case .object(let fields) where !fields.isEmpty:
      buffer.append("{")
      for (index, field) in fields.enumerated() {
        buffer.append(index == 0 ? "\n" : ",\n")
        Self.indent(level + 1, &buffer)
        buffer.append(jsonString: field.name)
        buffer.append(": ")
        field.value.appendPretty(to: &buffer, level: level + 1)
      }
      buffer.append("\n")
      Self.indent(level, &buffer)
      buffer.append("}")
    default:
      var writer = JSONWriter(capacity: 256)
      write(to: &writer)
      unsafe writer.buffer.withUnsafeBytes { unsafe buffer.append($0) }
    }
  }

  private static func indent(_ level: Int, _ buffer: inout ByteBuffer) {
    for _ in 0..<level { buffer.append("  ") }
  }
}
