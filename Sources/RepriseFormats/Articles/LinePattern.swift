import CPCRE2

/// A compiled regular expression.
///
/// It can be shared by threads, because matching does not change it.
@safe final class LinePattern: @unchecked Sendable {
  let code: OpaquePointer

  init(_ expression: String) throws(CorpusError) {
    // Invalid UTF-8 never matches, but does not stop the search.
    let options = PCRE2_UTF | UInt32(PCRE2_MATCH_INVALID_UTF) | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C
    var number: Int32 = 0
    var offset = 0
    let bytes = Array(expression.utf8)
    // In bounds: PCRE2 gets the size, and keeps no reference to the expression.
    let compiled = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(buffer.baseAddress, buffer.count, options, &number, &offset, nil)
    }
    guard let compiled = unsafe compiled else {
      throw CorpusError(
        .invalidPattern,
        "invalid regular expression \"\(expression)\": "
          + "\(Self.message(number)), at byte \(offset)")
    }
    unsafe code = compiled
    // Without machine code, matching falls back to the interpreter.
    unsafe _ = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
  }

  deinit { unsafe pcre2_code_free_8(code) }

  private static func message(_ number: Int32) -> String {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let count = unsafe pcre2_get_error_message_8(number, buffer.baseAddress, buffer.count)
      guard count >= 0 else { return "error \(number)" }
      return unsafe String(decoding: buffer[..<Int(count)], as: UTF8.self)
    }
  }
}
