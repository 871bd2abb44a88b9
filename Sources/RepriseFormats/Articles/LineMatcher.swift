import CPCRE2

/// Searches lines for a pattern with a limited number of steps.
///
/// Not thread-safe: each thread needs its own.
@safe final class LineMatcher {
  private let pattern: LinePattern
  // The three objects belong to this matcher alone and are freed by `deinit`. PCRE2 accepts nil for
  // each of them there.
  private let data: OpaquePointer?
  private let context: OpaquePointer?
  private let stack: OpaquePointer?

  /// The results of a search.
  enum Outcome {
    case found
    case notFound
    /// The search stopped after too many steps, or for lack of memory.
    case gaveUp
  }

  // A step takes about ten nanoseconds. The limit for a line grows with its size, so that a
  // megabyte takes at most seconds, regardless of how chunks divide the file.
  private static let stepsPerByte = 200
  /// Added to the size of a line, because even a short line takes some steps.
  private static let lineByteCount = 20
  private static let stepLimit = 1_000_000
  private static let stackByteLimit = 1 << 20

  /// Prepares a search.
  ///
  /// Without enough memory, every search gives up.
  init(_ pattern: LinePattern) {
    self.pattern = pattern
    // One pair is enough, because only the existence of a match counts.
    unsafe data = pcre2_match_data_create_8(1, nil)
    unsafe context = pcre2_match_context_create_8(nil)
    unsafe stack = pcre2_jit_stack_create_8(32 << 10, Self.stackByteLimit, nil)
    guard let context = unsafe context else { return }
    // In KiB. Without machine code, the heap has the role of the stack.
    unsafe pcre2_set_heap_limit_8(context, UInt32(Self.stackByteLimit >> 10))
    unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
  }

  deinit {
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_jit_stack_free_8(stack)
  }

  /// Searches a line without its line feed, and ignores a carriage return at its end.
  func search(_ line: UnsafeRawBufferPointer) -> Outcome {
    let hasReturn = unsafe line.last == 0x0D
    let start = unsafe line.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let count = line.count - (hasReturn ? 1 : 0)
    guard let data = unsafe data, let context = unsafe context else { return .gaveUp }
    let limit = UInt32(
      min(Self.stepLimit, Self.stepsPerByte * (Self.lineByteCount + line.count)))
    unsafe pcre2_set_match_limit_8(context, limit)
    unsafe pcre2_set_depth_limit_8(context, limit)
    // In bounds: PCRE2 gets the size of the line.
    let result = unsafe pcre2_match_8(pattern.code, start, count, 0, 0, data, context)
    switch result {
    case 0...: return .found
    case PCRE2_ERROR_NOMATCH: return .notFound
    default: return .gaveUp
    }
  }
}
