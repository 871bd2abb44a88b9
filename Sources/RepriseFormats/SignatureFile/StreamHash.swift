import CXXHash

/// Computes XXH3-64 of bytes that arrive in pieces.
///
/// The state has no other owner, so it can move to another thread together with this value.
@safe struct StreamHash: ~Copyable, @unchecked Sendable {
  // The library allocates the state, with the alignment that its vector code needs.
  private let state: OpaquePointer

  /// Creates the hash of no bytes.
  /// - Parameter path: the path for an error.
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
