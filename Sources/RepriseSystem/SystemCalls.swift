/// What the systems name differently, or only one of them has.
package enum SystemCalls {
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
