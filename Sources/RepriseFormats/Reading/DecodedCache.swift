import Synchronization

/// Caches the decoded content of compressed and converted files in one temporary file, up to a size
/// limit.
///
/// Cached records do not have to be decoded again.
///
/// An input that does not fit, or cannot be written to the disk, is not cached. That is not an
/// error.
final class DecodedCache: Sendable {
  /// Bytes that are contiguous both in the decoded input and in the temporary file.
  fileprivate struct Extent {
    var offset: UInt64
    var position: UInt64
    var byteCount: UInt64
  }

  fileprivate struct State {
    var file: TemporaryFile?
    var room: UInt64
    var unfinished: [Int: [Extent]] = [:]
    var finished: [Int: [Extent]] = [:]
  }

  private let folder: BytePath
  private let state: Mutex<State>

  /// The assumed maximum ratio of decoded to stored bytes.
  ///
  /// An input is cached only if it should fit.
  private static let expectedUnpacking: UInt64 = 4

  /// Creates a cache of at most `byteCount` bytes in a folder.
  init(in folder: BytePath, byteCount: Int) {
    self.folder = folder
    state = Mutex(State(room: UInt64(max(0, byteCount))))
  }

  /// Begins to cache an input that is decoded from its start, if it should fit.
  func begin(_ index: Int, _ input: InputFile) {
    state.withLock { state in
      let (expected, overflow) = input.byteCount.multipliedReportingOverflow(
        by: Self.expectedUnpacking)
      guard !overflow, expected <= state.room else { return }
      if state.file == nil { state.file = try? TemporaryFile(in: folder) }
      state.unfinished[index] = state.file == nil ? nil : []
    }
  }

  /// Caches the next bytes of an input, or stops caching the input.
  func append(_ bytes: UnsafeRawBufferPointer, ofInput index: Int) {
    state.withLock { state in
      guard var extents = state.unfinished.removeValue(forKey: index) else { return }
      let count = UInt64(bytes.count)
      guard count <= state.room, let position = try? unsafe state.file?.append(bytes) else {
        return
      }
      state.room -= count
      let end = extents.last.map { (offset: $0.offset + $0.byteCount, $0.position + $0.byteCount) }
      if let end, end.1 == position {
        extents[extents.count - 1].byteCount += count
      } else {
        extents.append(Extent(offset: end?.offset ?? 0, position: position, byteCount: count))
      }
      state.unfinished[index] = extents
    }
  }

  /// Marks an input as completely decoded.
  func finish(_ index: Int) {
    state.withLock { state in
      state.finished[index] = state.unfinished.removeValue(forKey: index)
    }
  }

  /// Discards an input that could not be read to its end.
  func abandon(_ index: Int) { state.withLock { $0.unfinished[index] = nil } }

  /// Returns whether an input is cached completely.
  func contains(input index: Int) -> Bool { state.withLock { $0.finished[index] != nil } }

  /// Reads a record of a cached input.
  ///
  /// - Throws: `cannotRead`, also if the input ends before the record.
  /// - Complexity: O(log n) for n extents of the input.
  func read(
    _ record: RecordLocation, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) {
    var done = 0
    while done < target.count {
      let place = state.withLock { $0.place(of: record.offset + UInt64(done), in: record.input) }
      guard let place, let file = state.withLock({ $0.file }) else {
        throw CorpusError(.cannotRead, "a record was not cached", path: folder)
      }
      // In bounds: `done + count <= target.count`.
      let count = min(target.count - done, place.count)
      let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: target[done..<done + count])
      unsafe try file.read(into: piece, at: place.lowerBound)
      done += count
    }
  }
}

extension DecodedCache.State {
  /// Returns the position in the file of a byte of an input, and the end of its extent.
  fileprivate func place(of offset: UInt64, in input: Int) -> Range<UInt64>? {
    guard let extents = finished[input] else { return nil }
    var (low, high) = (0, extents.count)
    while low < high {
      let middle = (low + high) / 2
      if extents[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let extent = extents[low - 1]
    let skipped = offset - extent.offset
    guard skipped < extent.byteCount else { return nil }
    return extent.position + skipped..<extent.position + extent.byteCount
  }
}
