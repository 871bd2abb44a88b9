/// The paths of the inputs, as strings and as bytes at a fixed address.
///
/// Every line of the manifest contains one, so writing one must not convert or allocate.
@safe
final class InputPaths: @unchecked Sendable {
  /// The paths as text.
  let paths: [String]
  // Only `init` writes to `memory`, so threads may share it. All ranges are in bounds: `ends`
  // ascends, and its last element is the size of the content.
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

  /// Returns the UTF-8 bytes of an input's path, valid as long as this object.
  func bytes(_ input: Int) -> UnsafeRawBufferPointer {
    let start = input == 0 ? 0 : ends[input - 1]
    return unsafe UnsafeRawBufferPointer(rebasing: memory[start..<ends[input]])
  }
}
