/// Writes JSON values one after another into a buffer of bytes, without white space.
///
/// The writer inserts the commas. The caller must alternate names and values in objects, and close
/// all objects and arrays.
package struct JSONWriter: ~Copyable, Sendable {
  /// The bytes that were written and not yet flushed.
  package var buffer: ByteBuffer

  private var needsComma = false

  /// Creates a writer with an empty buffer that has space for `capacity` bytes.
  package init(capacity: Int = 1 << 20) {
    buffer = ByteBuffer(capacity: capacity)
  }

  /// Opens an object.
  @inline(__always)
  package mutating func beginObject() { open(UInt8(ascii: "{")) }

  /// Closes the innermost object.
  @inline(__always)
  package mutating func endObject() { close(UInt8(ascii: "}")) }

  /// Opens an array.
  @inline(__always)
  package mutating func beginArray() { open(UInt8(ascii: "[")) }

  /// Closes the innermost array.
  @inline(__always)
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Writes a field's name; its value must follow.
  package mutating func name(_ name: String) {
    comma()
    buffer.append(jsonString: name)
    buffer.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a field's name that is known at compile time: ASCII that needs no escapes.
  ///
  /// Its value must follow.
  @inline(__always)
  package mutating func key(_ key: StaticString) {
    buffer.append(key: key, afterComma: needsComma)
    needsComma = false
  }

  /// Writes a string that is known at compile time: ASCII that needs no escapes.
  @inline(__always)
  package mutating func literal(_ value: StaticString) {
    comma()
    buffer.append(quoted: value)
  }

  /// Writes a string, or null.
  package mutating func string(_ value: String?) {
    guard let value else { return null() }
    comma()
    buffer.append(jsonString: value)
  }

  /// Writes bytes as a string, with U+FFFD for invalid UTF-8.
  package mutating func string(_ bytes: UnsafeRawBufferPointer) {
    comma()
    unsafe buffer.append(jsonString: bytes)
  }

  /// Writes an integer, or null.
  @inline(__always)
  package mutating func integer(_ value: Int?) {
    guard let value else { return null() }
    comma()
    buffer.append(decimal: value)
  }

  /// Writes a number with the fewest digits that represent it exactly.
  ///
  /// Nil, infinity and NaN become null.
  package mutating func double(_ value: Double?) {
    guard let value, value.isFinite else { return null() }
    comma()
    buffer.append(value.description)
  }

  /// Writes true or false.
  package mutating func bool(_ value: Bool) {
    comma()
    buffer.append(value ? "true" as StaticString : "false")
  }

  /// Writes null.
  @inline(__always)
  package mutating func null() {
    comma()
    buffer.append("null" as StaticString)
  }

  /// Ends a line of JSON Lines.
  package mutating func endLine() {
    buffer.append(0x0A)
    needsComma = false
  }

  @inline(__always)
  private mutating func comma() {
    if needsComma { buffer.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  @inline(__always)
  private mutating func open(_ bracket: UInt8) {
    comma()
    buffer.append(bracket)
    needsComma = false
  }

  @inline(__always)
  private mutating func close(_ bracket: UInt8) {
    buffer.append(bracket)
    needsComma = true
  }
}
