import CXXHash

/// XXH3-64 of bytes that come in pieces.
///
/// Its state has no other owner, so it may go to another thread with it.
@safe struct StreamHash: ~Copyable, @unchecked Sendable {
  // One state of the library's own allocation, which aligns it as its vector code needs.
  private let state: OpaquePointer

  /// - Parameter path: what an error names.
  /// - Throws: `outOfMemory`.
  init(path: BytePath) throws(CorpusError) {
    guard let state = unsafe XXH_INLINE_XXH3_createState() else { throw .outOfMemory(path) }
    unsafe self.state = state
    unsafe XXH_INLINE_XXH3_64bits_reset(state)
  }

  deinit { unsafe _ = XXH_INLINE_XXH3_freeState(state) }

  func update(_ bytes: UnsafeRawBufferPointer) {
    unsafe XXH_INLINE_XXH3_64bits_update(state, bytes.baseAddress, bytes.count)
  }

  func reset() { unsafe XXH_INLINE_XXH3_64bits_reset(state) }

  var value: UInt64 { unsafe XXH_INLINE_XXH3_64bits_digest(state) }
}
