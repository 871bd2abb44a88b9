import RepriseSystem

/// Converts the encodings that the system's `iconv` knows.
@safe final class IconvDecoder: TextDecoder {
  private let descriptor: iconv_t

  /// Opens a converter.
  /// - Throws: `encoding` if the system does not know the name.
  init(_ name: String) throws(CorpusError) {
    // A slash in a name selects how `iconv` replaces malformed text, which is done here instead.
    let isName = !name.isEmpty && !name.contains("/")
    let opened = isName ? unsafe iconv_open("UTF-8", name) : nil
    guard let opened = unsafe opened, unsafe opened != iconv_t(bitPattern: -1) else {
      throw CorpusError(
        .encoding, "unknown encoding \"\(name)\"")
    }
    unsafe descriptor = opened
  }

  deinit { unsafe _ = iconv_close(descriptor) }

  func decode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) -> (consumed: Int, produced: Int) {
    // In bounds: iconv gets both sizes, and does not write through its input pointer.
    var source = unsafe UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: CChar.self))
    var target = unsafe output.baseAddress?.assumingMemoryBound(to: CChar.self)
    var (left, room) = (input.count, output.count)
    while left > 0 {
      if unsafe iconv(descriptor, &source, &left, &target, &room) != Int(bitPattern: UInt.max) {
        break
      }
      let isUnfinished = errno == E2BIG || (errno == EINVAL && !isLast)
      guard !isUnfinished, room > 0 else { break }
      unsafe target?.pointee = CChar(bitPattern: malformedTextMark)
      unsafe target = target.map { unsafe $0 + 1 }
      unsafe source = source.map { unsafe $0 + 1 }
      room -= 1
      left -= 1
    }
    if isLast && left == 0 {
      // `iconv` may hold back a letter until it knows whether a combining mark follows.
      unsafe _ = iconv(descriptor, nil, nil, &target, &room)
    }
    return (input.count - left, output.count - room)
  }
}
