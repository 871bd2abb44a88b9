internal import Synchronization

/// Checks that inputs are those of a run before they are read again.
///
/// An input is hashed once, and again if its size or time has changed since.
package final class InputChanges: Sendable {
  /// True to read inputs that have changed, too.
  package let areAllowed: Bool
  private let state = Mutex<(checked: [BytePath: FileStatus], changed: [BytePath])>(([:], []))

  /// Creates a check of no inputs yet.
  package init(areAllowed: Bool = false) { self.areAllowed = areAllowed }

  /// The inputs that were read although they have changed, in the order of reading.
  package var paths: [BytePath] { state.withLock { $0.changed } }

  /// Checks that an input has the size and the hash that it had in the run.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`; `changed` if changes are not allowed.
  /// - Complexity: O(bytes) of the input, if it is hashed.
  func check(_ input: InputEntry) throws(CorpusError) {
    let status = try FileStatus(of: input.source)
    guard state.withLock({ $0.checked[input.source] }) != status else { return }
    do throws(CorpusError) {
      try input.checkSize(status)
      try input.checkContent()
    } catch {
      guard areAllowed, error.reason == .changed else { throw error }
      state.withLock {
        if !$0.changed.contains(input.source) { $0.changed.append(input.source) }
      }
    }
    state.withLock { $0.checked[input.source] = status }
  }
}

extension InputEntry {
  /// Checks that the file has the hash that it had in the run.
  ///
  /// The hash of an input that the run did not read to its end is not known.
  ///
  /// - Throws: `cannotOpen`, `cannotRead` or `changed`.
  fileprivate func checkContent() throws(CorpusError) {
    guard wasReadWhole else { return }
    let file = try OpenFile.file(reading: source)
    var hasher = try ChecksumHasher(path: source)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { unsafe buffer.deallocate() }
    while true {
      let count = unsafe try file.read(into: buffer)
      guard count > 0 else { break }
      unsafe hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    guard hasher.checksum() == checksum else {
      throw CorpusError(
        .changed, "the file has other bytes than when it was scanned", path: source)
    }
  }
}
