/// What a document is called; valid as long as the bytes that it is read from.
///
/// A 32-bit line number (from its slice's first line, as 1; 0 for a document that is a whole file),
/// the byte counts of its id and of its title as 32 bits each, the id and the title. Of a document
/// that could not be read, the title is the class of its problem.
@safe
struct Label {
  /// The line it begins on, counted from its slice's first, as 1; 0 for a whole file.
  let line: Int
  /// Its id; empty if the record has none.
  let id: UnsafeRawBufferPointer
  let title: UnsafeRawBufferPointer

  static let headerByteCount = 12

  /// The bytes of the label that others begin with; nil if it does not end in them.
  @inline(__always)
  static func byteCount(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count >= headerByteCount else { return nil }
    let (id, title) = unsafe (bytes.number(at: 4, UInt32.self), bytes.number(at: 8, UInt32.self))
    let count = headerByteCount + Int(id) + Int(title)
    return count <= bytes.count ? count : nil
  }

  /// The label of a document of which nothing is known.
  init() {
    line = 0
    unsafe id = UnsafeRawBufferPointer(start: nil, count: 0)
    unsafe title = UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// Reads the label that the bytes begin with; if they do not hold it, nothing is known.
  @inline(__always)
  init(checking bytes: UnsafeRawBufferPointer) {
    if unsafe Self.byteCount(in: bytes) == nil { self.init() } else { unsafe self.init(bytes) }
  }

  /// Reads the label that the bytes begin with.
  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer) {
    line = unsafe Int(bytes.number(at: 0, UInt32.self))
    let titleStart = unsafe Self.headerByteCount + Int(bytes.number(at: 4, UInt32.self))
    let end = unsafe titleStart + Int(bytes.number(at: 8, UInt32.self))
    unsafe id = UnsafeRawBufferPointer(rebasing: bytes[Self.headerByteCount..<titleStart])
    unsafe title = UnsafeRawBufferPointer(rebasing: bytes[titleStart..<end])
  }

  /// Appends a label.
  static func append(
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
