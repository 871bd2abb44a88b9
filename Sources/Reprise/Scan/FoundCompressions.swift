internal import RepriseEngine
internal import RepriseFormats
internal import Synchronization

extension DiscoveredFiles {
  /// The number of files that a thread looks at before it asks for more.
  private static let blockFileCount = 256

  /// Sets the compression of each file to the one that its first bytes show.
  ///
  /// Files are opened on several threads, because each may have to wait for the disk.
  ///
  /// - Complexity: O(files).
  mutating func recognizeCompressions(threads: Int, _ cancellation: Cancellation) {
    let files = inputs
    let found = Mutex<[(index: Int, compression: Compression)]>([])
    let blockCount = (files.count + Self.blockFileCount - 1) / Self.blockFileCount
    Workers.forEach(blockCount, threads: threads, cancellation) { block in
      let start = block * Self.blockFileCount
      for index in start..<min(start + Self.blockFileCount, files.count) {
        let compression = files[index].foundCompression()
        guard compression != files[index].compression else { continue }
        found.withLock { $0.append((index, compression)) }
      }
    }
    for (index, compression) in found.withLock({ $0 }) { inputs[index].compression = compression }
  }
}
