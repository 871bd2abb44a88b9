import RepriseSystem

/// Bytes that end where a page begins that nobody may read: a kernel that reads behind its input
/// crashes instead of finding whatever lies there.
@safe
final class GuardedBytes {
  private let base: UnsafeMutableRawPointer
  private let size: Int
  private let pageSize = 4096

  /// Makes room for the longest of the texts.
  init(capacity: Int) {
    let pages = (capacity + pageSize - 1) / pageSize + 2
    size = pages * pageSize
    guard
      let mapped = unsafe mmap(
        nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      unsafe mapped != MAP_FAILED
    else { fatalError("no memory for \(pages) pages") }
    unsafe base = mapped
    guard unsafe mprotect(base + size - pageSize, pageSize, PROT_NONE) == 0 else {
      fatalError("a page could not be protected")
    }
  }

  deinit { unsafe munmap(base, size) }

  /// Calls `body` with the text where it ends at the protected page.
  func withText<Result>(_ text: [UInt8], _ body: (RawSpan) -> Result) -> Result {
    let place = unsafe base + (size - pageSize - text.count)
    unsafe place.copyMemory(from: text, byteCount: text.count)
    return unsafe body(UnsafeRawBufferPointer(start: place, count: text.count).bytes)
  }
}
