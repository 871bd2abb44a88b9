/// A buffer of bytes to be written to a file, which grows at its end.
///
/// Use it for output that is assembled from small pieces. It is not a collection: use an array to
/// keep bytes or to access single ones.
@safe
package struct ByteBuffer: ~Copyable, @unchecked Sendable {
  // The first `count` bytes are initialized, and nothing else refers to this memory. Writes are in
  // bounds, because `reserve(_:)` grows the memory first.
  private var storage: UnsafeMutableRawBufferPointer

  /// The number of bytes in the buffer.
  package private(set) var count = 0

  /// Creates an empty buffer with space for `capacity` bytes.
  package init(capacity: Int = 1 << 20) {
    unsafe storage = .allocate(byteCount: max(capacity, 64), alignment: 16)
  }

  deinit { unsafe storage.deallocate() }

  /// Makes space for `additional` more bytes.
  @inline(__always)
  package mutating func reserve(_ additional: Int) {
    if unsafe storage.count - count < additional { grow(additional) }
  }

  @inline(never)
  private mutating func grow(_ additional: Int) {
    let larger = unsafe UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(storage.count * 2, count + additional), alignment: 16)
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<count]))
    unsafe storage.deallocate()
    unsafe storage = larger
  }

  /// Appends one byte.
  @inline(__always)
  package mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe storage[count] = byte
    count += 1
  }

  /// Appends bytes.
  @inline(__always)
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    unsafe storage.baseAddress?.advanced(by: count).copyMemory(from: start, byteCount: bytes.count)
    count += bytes.count
  }

  /// Appends a text that is known at compile time.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    unsafe append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends the UTF-8 of a string.
  package mutating func append(_ string: String) {
    var string = string
    string.withUTF8 { unsafe append(UnsafeRawBufferPointer($0)) }
  }

  /// Appends a number in decimal digits.
  package mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let count = Self.digitCount(rest)
    unsafe appending(atMost: 20) { room in
      var place = count
      while rest >= 10 {
        let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
        let (tens, ones) = pair.quotientAndRemainder(dividingBy: 10)
        place -= 2
        unsafe room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: tens)
        unsafe room[place + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: ones)
        rest = quotient
      }
      if place > 0 { unsafe room[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest) }
      return count
    }
  }

  private static func digitCount(_ number: UInt) -> Int {
    var (count, rest) = (1, number)
    while rest >= 10_000 {
      count += 4
      rest /= 10_000
    }
    return count + (rest >= 10 ? 1 : 0) + (rest >= 100 ? 1 : 0) + (rest >= 1000 ? 1 : 0)
  }

  /// Appends bytes that `body` writes.
  ///
  /// - Parameters:
  ///   - capacity: the space for `body` in bytes.
  ///   - body: writes into the space and returns the number of bytes to append.
  @inline(__always)
  mutating func appending(
    atMost capacity: Int, _ body: (UnsafeMutableRawBufferPointer) -> Int
  ) {
    reserve(capacity)
    let written = unsafe body(
      UnsafeMutableRawBufferPointer(rebasing: storage[count..<(count + capacity)]))
    precondition(written <= capacity, "what was written fits the room")
    count += written
  }

  /// Calls `body` with the bytes, which are valid only during the call.
  package func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeRawBufferPointer(rebasing: storage[..<count]))
  }

  /// Removes the bytes and keeps the capacity.
  package mutating func removeAll() { count = 0 }

  /// Writes the bytes to an open descriptor, and removes them even if writing fails.
  ///
  /// - Parameters:
  ///   - descriptor: the descriptor, which is not closed.
  ///   - path: its path in messages.
  /// - Throws: `cannotWrite`.
  package mutating func flush(to descriptor: Int32, path: BytePath) throws(CorpusError) {
    let file = OpenFile(borrowing: descriptor, path: path)
    try flush(to: file)
  }

  mutating func flush(to file: borrowing OpenFile) throws(CorpusError) {
    defer { removeAll() }
    try unsafe file.write(UnsafeRawBufferPointer(rebasing: storage[..<count]))
  }
}
