/// What the inputs are called: their paths, at hand as strings and as bytes that stay where they
/// are, because every line of the manifest has one.
@safe
final class InputPaths: @unchecked Sendable {
  /// The paths as text.
  let paths: [String]
  // Written by `init` alone.
  private let memory: UnsafeMutableRawBufferPointer
  private let ends: [Int]

  init(_ paths: [String]) {
    self.paths = paths
    var ends: [Int] = []
    var bytes: [UInt8] = []
    for path in paths {
      bytes.append(contentsOf: path.utf8)
      ends.append(bytes.count)
    }
    self.ends = ends
    unsafe memory = .allocate(byteCount: max(1, bytes.count), alignment: 16)
    unsafe memory.copyBytes(from: bytes)
  }

  deinit { unsafe memory.deallocate() }

  /// The UTF-8 of an input's path, valid as long as this object.
  func bytes(_ input: Int) -> UnsafeRawBufferPointer {
    let start = input == 0 ? 0 : ends[input - 1]
    return unsafe UnsafeRawBufferPointer(rebasing: memory[start..<ends[input]])
  }
}
