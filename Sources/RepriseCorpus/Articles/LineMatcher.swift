import CPCRE2

/// Searches lines for a pattern, with bounded work; one for each thread.
@safe final class LineMatcher {
  private let pattern: LinePattern
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?

  /// What a search can say.
  enum Outcome {
    case found
    case notFound
    /// Given up after too many steps.
    case gaveUp
  }

  // A step is some nanoseconds, so a hostile line costs some milliseconds at most.
  private static let stepLimit: UInt32 = 1_000_000
  private static let stackByteLimit = 1 << 20

  init(_ pattern: LinePattern) {
    self.pattern = pattern
    // One pair: whether there is a match is all that counts.
    guard let data = unsafe pcre2_match_data_create_8(1, nil),
      let context = unsafe pcre2_match_context_create_8(nil)
    else { fatalError("out of memory") }
    unsafe self.data = data
    unsafe self.context = context
    unsafe stack = pcre2_jit_stack_create_8(32 << 10, Self.stackByteLimit, nil)
    unsafe pcre2_set_match_limit_8(context, Self.stepLimit)
    unsafe pcre2_set_depth_limit_8(context, Self.stepLimit)
    // In KiB.
    unsafe pcre2_set_heap_limit_8(context, 64 << 10)
    unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
  }

  deinit {
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_jit_stack_free_8(stack)
  }

  /// Searches a line given without its line feed; a carriage return at its end is left out.
  func search(_ line: UnsafeRawBufferPointer) -> Outcome {
    let hasReturn = unsafe line.last == 0x0D
    let start = unsafe line.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let count = line.count - (hasReturn ? 1 : 0)
    let result = unsafe pcre2_match_8(pattern.code, start, count, 0, 0, data, context)
    switch result {
    case 0...: return .found
    case PCRE2_ERROR_NOMATCH: return .notFound
    default: return .gaveUp
    }
  }
}
