import Synchronization

/// What packed and converted files held when they were decoded, in one temporary file, as long as
/// there is room: records of these need no second decoding.
///
/// Sources for which the room does not suffice, or the disk, are not kept, which is no failure.
final class DecodedCache: Sendable {
  /// Bytes that follow one another in the decoded input and in the temporary file.
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

  /// How many bytes a packed file may give for each of its own and still be expected to fit.
  private static let expectedUnpacking: UInt64 = 4

  /// Keeps up to `byteCount` bytes in a folder.
  init(in folder: BytePath, byteCount: Int) {
    self.folder = folder
    state = Mutex(State(room: UInt64(max(0, byteCount))))
  }

  /// Begins with an input that is decoded from its start, if there is room for it.
  func begin(_ index: Int, _ input: InputFile) {
    state.withLock { state in
      let (expected, overflow) = input.byteCount.multipliedReportingOverflow(
        by: Self.expectedUnpacking)
      guard !overflow, expected <= state.room else { return }
      if state.file == nil { state.file = try? TemporaryFile(in: folder) }
      state.unfinished[index] = state.file == nil ? nil : []
    }
  }

  /// Keeps the next bytes of an input, or gives it up.
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

  /// Ends an input: all of it was decoded.
  func finish(_ index: Int) {
    state.withLock { state in
      state.finished[index] = state.unfinished.removeValue(forKey: index)
    }
  }

  /// Gives an input up, which could not be read to its end.
  func abandon(_ index: Int) { state.withLock { $0.unfinished[index] = nil } }

  /// Whether an input is kept whole.
  func contains(input index: Int) -> Bool { state.withLock { $0.finished[index] != nil } }

  /// Reads a record of an input that is kept.
  ///
  /// - Throws: `cannotRead`, also if the input ends before the record does.
  /// - Complexity: O(log n) for n pieces of the input.
  func read(
    _ record: RecordLocation, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) {
    var done = 0
    while done < target.count {
      let place = state.withLock { $0.place(of: record.offset + UInt64(done), in: record.input) }
      guard let place, let file = state.withLock({ $0.file }) else {
        throw CorpusError(.cannotRead, "a record was not cached", path: folder)
      }
      let count = min(target.count - done, place.count)
      let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: target[done..<done + count])
      unsafe try file.read(into: piece, at: place.lowerBound)
      done += count
    }
  }
}

extension DecodedCache.State {
  /// Where a byte of an input stands in the file, and those that follow it there.
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
