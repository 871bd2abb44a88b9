import CPCRE2

/// Searches lines for a pattern, with bounded work; one for each thread.
@safe final class LineMatcher {
  private let pattern: LinePattern
  private let data: OpaquePointer?
  private let context: OpaquePointer?
  private let stack: OpaquePointer?

  /// What a search can say.
  enum Outcome {
    case found
    case notFound
    /// Given up after too many steps, or for lack of memory.
    case gaveUp
  }

  // A step is about ten nanoseconds. What a line may take grows with its bytes, so that a file takes
  // seconds at most for a megabyte, wherever chunks divide it.
  private static let stepsPerByte = 200
  /// Added to the bytes of a line: to search a short line takes some steps, too.
  private static let lineByteCount = 20
  private static let stepLimit = 1_000_000
  private static let stackByteLimit = 1 << 20

  /// Prepares a search; without memory for it every search is given up.
  init(_ pattern: LinePattern) {
    self.pattern = pattern
    // One pair: whether there is a match is all that counts.
    unsafe data = pcre2_match_data_create_8(1, nil)
    unsafe context = pcre2_match_context_create_8(nil)
    unsafe stack = pcre2_jit_stack_create_8(32 << 10, Self.stackByteLimit, nil)
    guard let context = unsafe context else { return }
    // In KiB; without machine code the heap is what the stack is otherwise.
    unsafe pcre2_set_heap_limit_8(context, UInt32(Self.stackByteLimit >> 10))
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
    guard let data = unsafe data, let context = unsafe context else { return .gaveUp }
    let limit = UInt32(
      min(Self.stepLimit, Self.stepsPerByte * (Self.lineByteCount + line.count)))
    unsafe pcre2_set_match_limit_8(context, limit)
    unsafe pcre2_set_depth_limit_8(context, limit)
    let result = unsafe pcre2_match_8(pattern.code, start, count, 0, 0, data, context)
    switch result {
    case 0...: return .found
    case PCRE2_ERROR_NOMATCH: return .notFound
    default: return .gaveUp
    }
  }
}
