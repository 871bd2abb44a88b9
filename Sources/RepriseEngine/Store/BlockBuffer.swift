/// Collects one block of a signature file before it is written.
///
/// The memory is reused. Not thread-safe.
///
/// All ranges are in bounds: `reserve(_:)` grows `memory` before bytes are appended after `count`.
@safe
package struct BlockBuffer: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  private var count = SignatureBlock.headerByteCount

  /// Creates the buffer of an empty block.
  package init() {
    unsafe memory = .allocate(byteCount: 1 << 16, alignment: SignatureBlock.alignment)
  }

  deinit { unsafe memory.deallocate() }

  /// The number of payload bytes appended so far.
  package var payloadByteCount: Int { count - SignatureBlock.headerByteCount }

  /// Begins a new block.
  /// - Parameter byteCount: the size of its payload, if it is known.
  package mutating func removeAll(reserving byteCount: Int = 0) {
    count = SignatureBlock.headerByteCount
    // Includes the zeros after the payload.
    if byteCount > 0 { reserve(byteCount + SignatureBlock.alignment) }
  }

  /// Appends bytes.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    reserve(bytes.count)
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  /// Appends numbers in little-endian order.
  package mutating func append(_ numbers: [UInt64]) { append(all: numbers) }

  /// Appends numbers in little-endian order.
  package mutating func append(_ numbers: [UInt32]) { append(all: numbers) }

  /// Appends numbers in little-endian order.
  package mutating func append(_ numbers: [UInt8]) { append(all: numbers) }

  /// Appends a number in little-endian order.
  package mutating func append(_ number: UInt64) { append(one: number) }

  /// Appends a number in little-endian order.
  package mutating func append(_ number: UInt32) { append(one: number) }

  // Generic functions are specialized for the types above, which they are not for callers in other
  // modules.

  private mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(all numbers: [Number]) {
    guard Number(1).littleEndian == 1 else {
      for number in numbers { append(one: number) }
      return
    }
    unsafe numbers.span.withUnsafeBytes { unsafe append($0) }
  }

  @inline(__always)
  private mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(one number: Number) {
    unsafe append(byteCount: MemoryLayout<Number>.size) { room in
      unsafe room.storeBytes(of: number.littleEndian, as: Number.self)
    }
  }

  /// Appends bytes that `body` writes; it must write all of them.
  package mutating func append(
    byteCount: Int, _ body: (UnsafeMutableRawBufferPointer) -> Void
  ) {
    reserve(byteCount)
    unsafe body(UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + byteCount]))
    count += byteCount
  }

  /// Appends zeros up to a multiple of eight bytes.
  package mutating func align() {
    while count % 8 != 0 { append(one: UInt8(0)) }
  }

  private mutating func reserve(_ additional: Int) {
    if unsafe memory.count - count < additional { grow(additional) }
  }

  @inline(never)
  private mutating func grow(_ additional: Int) {
    let larger = unsafe UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(2 * memory.count, count + additional), alignment: SignatureBlock.alignment)
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    unsafe memory.deallocate()
    unsafe memory = larger
  }

  /// A copy of the payload.
  package var payload: [UInt8] {
    unsafe Array(memory[SignatureBlock.headerByteCount..<count])
  }

  package var payloadChecksum: UInt64 {
    let payload = unsafe memory[SignatureBlock.headerByteCount..<count]
    return unsafe SignatureBlock.checksum(UnsafeRawBufferPointer(rebasing: payload))
  }

  /// Writes the header and returns the bytes of the whole block, including the zeros up to the next
  /// block.
  package mutating func finish(_ block: SignatureBlock) -> UnsafeRawBufferPointer {
    let size = SignatureBlock.alignment
    let end = (count + size - 1) / size * size
    reserve(end - count)
    for place in count..<end { unsafe memory[place] = 0 }
    unsafe block.write(to: memory)
    return unsafe UnsafeRawBufferPointer(rebasing: memory[..<end])
  }
}
