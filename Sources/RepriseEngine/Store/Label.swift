/// The line, id and title of a document; valid as long as the bytes from which it is read.
///
/// The stored form is: the line number (32 bits), the sizes of the id and the title in bytes (32
/// bits each), the id, and the title. The title of a document that could not be read is the class
/// of its problem.
@safe
package struct Label {
  /// The line on which the document begins, relative to its slice, whose first line is 1; 0 for a
  /// document that is a whole file.
  package let line: Int
  /// The id; empty if the record has none.
  package let id: UnsafeRawBufferPointer
  package let title: UnsafeRawBufferPointer

  package static let headerByteCount = 12

  /// Returns the size of the label at the start of the bytes; nil if they do not contain all of it.
  @inline(__always)
  package static func byteCount(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count >= headerByteCount else { return nil }
    let (id, title) = unsafe (bytes.number(at: 4, UInt32.self), bytes.number(at: 8, UInt32.self))
    let count = headerByteCount + Int(id) + Int(title)
    return count <= bytes.count ? count : nil
  }

  /// Creates the label of a document about which nothing is known.
  package init() {
    line = 0
    unsafe id = UnsafeRawBufferPointer(start: nil, count: 0)
    unsafe title = UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// Reads the label at the start of the bytes; if they do not contain all of it, the label is
  /// empty.
  @inline(__always)
  package init(checking bytes: UnsafeRawBufferPointer) {
    if unsafe Self.byteCount(in: bytes) == nil { self.init() } else { unsafe self.init(bytes) }
  }

  /// Reads the label at the start of the bytes, which must contain all of it.
  @inline(__always)
  package init(_ bytes: UnsafeRawBufferPointer) {
    // In bounds: the caller guarantees what `byteCount(in:)` checks.
    line = unsafe Int(bytes.number(at: 0, UInt32.self))
    let titleStart = unsafe Self.headerByteCount + Int(bytes.number(at: 4, UInt32.self))
    let end = unsafe titleStart + Int(bytes.number(at: 8, UInt32.self))
    unsafe id = UnsafeRawBufferPointer(rebasing: bytes[Self.headerByteCount..<titleStart])
    unsafe title = UnsafeRawBufferPointer(rebasing: bytes[titleStart..<end])
  }

  /// Appends a stored label.
  package static func append(
    line: Int, id: UnsafeRawBufferPointer, title: UnsafeRawBufferPointer, to labels: inout [UInt8]
  ) {
    for number in [line, id.count, title.count] {
      unsafe withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian) {
        unsafe labels.append(contentsOf: $0)
      }
    }
    unsafe labels.append(contentsOf: id)
    unsafe labels.append(contentsOf: title)
  }
}
