/// What the systems name differently, or only one of them has.
package enum SystemCalls {
  /// Opens a file, as `open`; a file that is made gets `mode`.
  package static func openFile(
    _ path: UnsafePointer<CChar>, _ flags: Int32, mode: mode_t
  ) -> Int32 {
    unsafe open(path, flags, mode)
  }

  /// Reads at the current offset of a descriptor, as `read`.
  package static func readBytes(
    from descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    unsafe read(descriptor, buffer.baseAddress, buffer.count)
  }

  /// Writes at the current offset of a descriptor, as `write`.
  package static func writeBytes(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
  ) -> Int {
    unsafe write(descriptor, bytes.baseAddress, bytes.count)
  }

  /// Whether the process ignores a signal.
  package static func isIgnored(signal number: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Glibc)
      let handler = unsafe action.__sigaction_handler.sa_handler
    #elseif canImport(Musl)
      let handler = unsafe action.__sa_handler.sa_handler
    #else
      let handler = unsafe action.__sigaction_u.__sa_handler
    #endif
    // `SIG_IGN` is the handler with the value 1.
    return unsafe unsafeBitCast(handler, to: Int.self) == 1
  }

  /// The time at which a file was changed last.
  package static func modificationTime(of status: stat) -> timespec {
    #if canImport(Darwin)
      status.st_mtimespec
    #else
      status.st_mtim
    #endif
  }

  /// Waits until the data of an open file is on the disk; returns 0, or -1 and sets `errno`.
  package static func synchronizeData(of descriptor: Int32) -> Int32 {
    #if canImport(Darwin)
      fsync(descriptor)
    #else
      fdatasync(descriptor)
    #endif
  }

  /// Asks for large pages for memory, where the system has them on request.
  ///
  /// - Parameters:
  ///   - memory: the memory, which begins at a multiple of a large page.
  ///   - byteCount: the number of bytes, a multiple of a large page.
  package static func requestLargePages(_ memory: UnsafeMutableRawPointer?, byteCount: Int) {
    #if os(Linux)
      // The memory is the caller's. A refusal changes nothing but the speed.
      _ = unsafe madvise(memory, byteCount, MADV_HUGEPAGE)
    #endif
  }
}
