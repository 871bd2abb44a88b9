internal import Reprise

/// Returns one JSON object and a line end, safe to show on a terminal.
func jsonReport(_ body: (inout JSONWriter) -> Void) -> String {
  var writer = JSONWriter(capacity: 4096)
  writer.beginObject()
  body(&writer)
  writer.endObject()
  writer.endLine()
  let text = unsafe writer.buffer.withUnsafeBytes { bytes in
    unsafe String(decoding: bytes, as: UTF8.self)
  }
  return SafeText.json(text)
}

extension JSONWriter {
  /// Writes a field with an integer.
  mutating func field(_ name: String, _ value: Int) {
    self.name(name)
    integer(value)
  }

  /// Writes a field with a number.
  mutating func field(_ name: String, _ value: Double) {
    self.name(name)
    double(value)
  }

  /// Writes a field with a string.
  mutating func field(_ name: String, _ value: String) {
    self.name(name)
    string(value)
  }

  /// Writes a field with a Boolean.
  mutating func field(_ name: String, _ value: Bool) {
    self.name(name)
    bool(value)
  }

  /// Writes a field with an object.
  mutating func object(_ name: String, _ body: (inout JSONWriter) -> Void) {
    self.name(name)
    beginObject()
    body(&self)
    endObject()
  }

  /// Writes a field with a path, and a second one with its bytes if they are not UTF-8.
  mutating func field(_ name: String, _ path: BytePath) {
    for field in path.fields(name) {
      self.name(field.name)
      field.value.write(to: &self)
    }
  }

  /// Writes a field with the numbers of entries that were not read.
  mutating func field(_ name: String, _ leftOut: LeftOutEntries) {
    object(name) { writer in
      for (name, count) in leftOut.counts { writer.field(name, count) }
    }
  }

  /// Writes a field with an array of objects.
  mutating func objects<Element>(
    _ name: String, _ elements: [Element], _ body: (inout JSONWriter, Element) -> Void
  ) {
    self.name(name)
    beginArray()
    for element in elements {
      beginObject()
      body(&self, element)
      endObject()
    }
    endArray()
  }
}
