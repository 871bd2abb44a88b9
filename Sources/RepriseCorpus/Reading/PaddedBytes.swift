/// Growable memory with readable bytes before and behind it, for code that loads whole vectors.
@safe struct PaddedBytes: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  /// Readable bytes on each side, as many as the widest vector has.
  static let padding = 64

  init(capacity: Int = 0) { unsafe memory = Self.allocate(capacity) }

  deinit { unsafe memory.deallocate() }

  var capacity: Int { unsafe memory.count - 2 * Self.padding }

  /// The bytes in use; valid until something is added.
  var bytes: UnsafeMutableRawBufferPointer {
    let start = unsafe memory.baseAddress.map { unsafe $0 + Self.padding }
    return unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
  }

  /// Makes room for more bytes and gives the free memory, at least that much.
  mutating func reserve(_ added: Int) -> UnsafeMutableRawBufferPointer {
    if count + added > capacity {
      grow(to: max(count + added, capacity + capacity / 2))
    }
    let free = unsafe Self.padding + count..<memory.count - Self.padding
    return unsafe UnsafeMutableRawBufferPointer(rebasing: memory[free])
  }

  /// Counts bytes as in use that were written to the free memory.
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

  /// Moves the bytes up and gives the memory in front of them, which counts as in use.
  mutating func insertFirst(_ added: Int) -> UnsafeMutableRawBufferPointer {
    let old = count
    unsafe _ = reserve(added)
    commit(added)
    let all = unsafe bytes
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: all[added...])
    unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[..<old]))
    return unsafe UnsafeMutableRawBufferPointer(rebasing: all[..<added])
  }

  /// Forgets all bytes, and returns memory above a limit to the system.
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
    // Defined values, though no result may depend on them.
    unsafe UnsafeMutableRawBufferPointer(rebasing: all[..<padding])
      .initializeMemory(as: UInt8.self, repeating: 0)
    unsafe UnsafeMutableRawBufferPointer(rebasing: all[(capacity + padding)...])
      .initializeMemory(as: UInt8.self, repeating: 0)
    return unsafe all
  }
}
