import CXXHash

/// Computes a fingerprint from bytes that come in order, in pieces of any size.
@safe struct FingerprintHasher: ~Copyable {
  // One state of the library's own allocation, which aligns it as its vector code needs.
  private let state: OpaquePointer
  private var filled = 0
  private var blockHashes: [UInt64] = []
  private(set) var byteCount: UInt64 = 0

  init() {
    guard let state = unsafe XXH_INLINE_XXH3_createState() else { fatalError("out of memory") }
    unsafe self.state = state
    unsafe XXH_INLINE_XXH3_64bits_reset(state)
  }

  deinit { unsafe _ = XXH_INLINE_XXH3_freeState(state) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = unsafe bytes
    byteCount += UInt64(rest.count)
    while rest.count > 0 {
      if filled == Fingerprint.blockByteCount { closeBlock() }
      let count = min(rest.count, Fingerprint.blockByteCount - filled)
      unsafe XXH_INLINE_XXH3_64bits_update(state, rest.baseAddress, count)
      filled += count
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// The fingerprint of all bytes so far; more can follow.
  func fingerprint() -> Fingerprint {
    let last = unsafe XXH_INLINE_XXH3_64bits_digest(state)
    return Fingerprint(blockHashes: blockHashes + [last], byteCount: byteCount)
  }

  private mutating func closeBlock() {
    blockHashes.append(unsafe XXH_INLINE_XXH3_64bits_digest(state))
    unsafe XXH_INLINE_XXH3_64bits_reset(state)
    filled = 0
  }
}
