import Glibc

/// The bytes of a file in memory that belongs to the system; read only.
@safe public final class MappedBytes: @unchecked Sendable {
  // Never written to; unmapped with the last reference.
  private let storage: UnsafeRawBufferPointer

  init(_ descriptor: Int32, byteCount: Int, path: FilePath) throws(CorpusError) {
    guard byteCount > 0 else {
      unsafe storage = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let start = unsafe mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else {
      throw .cannotRead(path, errno)
    }
    unsafe storage = UnsafeRawBufferPointer(start: start, count: byteCount)
  }

  deinit {
    guard let start = unsafe storage.baseAddress else { return }
    unsafe munmap(UnsafeMutableRawPointer(mutating: start), storage.count)
  }

  /// The bytes, valid as long as this object.
  public var bytes: UnsafeRawBufferPointer { unsafe storage }
}
