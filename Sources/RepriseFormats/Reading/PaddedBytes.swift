/// A growable buffer with readable bytes before and after its content, for code that loads whole
/// vectors.
///
/// All ranges are in bounds: `memory` has `capacity` bytes between two paddings, and `count` never
/// exceeds `capacity`.
@safe struct PaddedBytes: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  /// The number of readable bytes on each side: the size of the widest vector.
  static let padding = 64

  init(capacity: Int = 0) { unsafe memory = Self.allocate(capacity) }

  deinit { unsafe memory.deallocate() }

  var capacity: Int { unsafe memory.count - 2 * Self.padding }

  /// The content, valid until something is added.
  var bytes: UnsafeMutableRawBufferPointer {
    let start = unsafe memory.baseAddress.map { unsafe $0 + Self.padding }
    return unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
  }

  /// Makes space for `added` bytes and returns the free memory, which has at least that size.
  mutating func reserve(_ added: Int) -> UnsafeMutableRawBufferPointer {
    if count + added > capacity {
      grow(to: max(count + added, capacity + capacity / 2))
    }
    let free = unsafe Self.padding + count..<memory.count - Self.padding
    return unsafe UnsafeMutableRawBufferPointer(rebasing: memory[free])
  }

  /// Adds bytes to the content that were written to the free memory.
  mutating func commit(_ added: Int) {
    precondition(added >= 0 && count + added <= capacity)
    count += added
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    unsafe reserve(bytes.count).copyMemory(from: bytes)
    commit(bytes.count)
  }

  mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  mutating func removeFirst(_ removed: Int) {
    precondition(removed <= count)
    // The regions may overlap, which `copyMemory` allows.
    unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[removed...]))
    count -= removed
  }

  /// Moves the content up by `added` bytes and returns the memory before it, which is now part of
  /// the content.
  mutating func insertFirst(_ added: Int) -> UnsafeMutableRawBufferPointer {
    let old = count
    unsafe _ = reserve(added)
    commit(added)
    let all = unsafe bytes
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: all[added...])
    unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[..<old]))
    return unsafe UnsafeMutableRawBufferPointer(rebasing: all[..<added])
  }

  /// Removes the content, and releases memory above a limit.
  mutating func reset(keeping limit: Int) {
    count = 0
    if capacity > limit {
      unsafe memory.deallocate()
      unsafe memory = Self.allocate(limit)
    }
  }

  private mutating func grow(to newCapacity: Int) {
    let larger = unsafe Self.allocate(newCapacity)
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: larger[Self.padding...])
    unsafe target.copyMemory(from: UnsafeRawBufferPointer(bytes))
    unsafe memory.deallocate()
    unsafe memory = larger
  }

  private static func allocate(_ capacity: Int) -> UnsafeMutableRawBufferPointer {
    let all = UnsafeMutableRawBufferPointer.allocate(
      byteCount: capacity + 2 * padding, alignment: 64)
    // The padding has defined values, although no result may depend on them.
    unsafe UnsafeMutableRawBufferPointer(rebasing: all[..<padding])
      .initializeMemory(as: UInt8.self, repeating: 0)
    unsafe UnsafeMutableRawBufferPointer(rebasing: all[(capacity + padding)...])
      .initializeMemory(as: UInt8.self, repeating: 0)
    return unsafe all
  }
}
