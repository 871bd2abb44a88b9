import CKernels
import RepriseSystem
import Synchronization

/// An unnamed temporary file.
///
/// Bytes are appended and read again, by any number of threads.
package final class TemporaryFile: Sendable {
  private let file: OpenFile
  private let byteCount = Mutex<UInt64>(0)

  /// The prefix of the name that the file has for a moment, on systems without unnamed files.
  static let namePrefix = "reprise-spool-"

  var path: BytePath { file.path }

  /// Creates the file in a folder.
  ///
  /// The system removes it when it is closed.
  ///
  /// - Throws: `cannotOpen`.
  package init(in folder: BytePath) throws(CorpusError) {
    let unnamed = unsafe folder.withCString { unsafe reprise_open_unnamed($0) }
    if unnamed >= 0 {
      file = OpenFile(owning: unnamed, path: folder)
      return
    }
    // The template ends with a zero, and `mkstemp` replaces only its last six characters.
    var template = folder.appending(BytePath(Self.namePrefix + "XXXXXX")).bytes + [0]
    let descriptor = unsafe template.withUnsafeMutableBytes { bytes in
      let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return unsafe text.map { unsafe mkstemp($0) } ?? -1
    }
    guard descriptor >= 0 else { throw .cannotOpen(folder, errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = BytePath(template.dropLast())
    unsafe path.withCString { unsafe _ = unlink($0) }
    file = OpenFile(owning: descriptor, path: path)
  }

  /// Appends bytes and returns their offset.
  ///
  /// - Throws: `cannotWrite`.
  @discardableResult
  func append(_ bytes: UnsafeRawBufferPointer) throws(CorpusError) -> UInt64 {
    try byteCount.withLock { count throws(CorpusError) in
      let start = count
      unsafe try file.write(bytes)
      count += UInt64(bytes.count)
      return start
    }
  }

  /// Appends numbers in the byte order of the machine, and returns their byte range.
  ///
  /// - Throws: `cannotWrite`.
  package func append(_ numbers: [UInt32]) throws(CorpusError) -> Range<UInt64> {
    let start = unsafe try numbers.span.withUnsafeBytes { bytes throws(CorpusError) in
      unsafe try append(bytes)
    }
    return start..<start + UInt64(4 * numbers.count)
  }

  /// Returns the numbers in a byte range.
  ///
  /// - Throws: `cannotRead`.
  package func numbers(at place: Range<UInt64>) throws(CorpusError) -> [UInt32] {
    var numbers = [UInt32](repeating: 0, count: place.count / 4)
    unsafe try numbers.withUnsafeMutableBufferPointer { numbers throws(CorpusError) in
      unsafe try read(into: UnsafeMutableRawBufferPointer(numbers), at: place.lowerBound)
    }
    return numbers
  }

  /// Returns the first bytes, at most as many as asked for.
  ///
  /// - Throws: `cannotRead`.
  func head(_ limit: Int) throws(CorpusError) -> [UInt8] {
    let count = byteCount.withLock { Int(clamping: min($0, UInt64(limit))) }
    var bytes = [UInt8](repeating: 0, count: count)
    unsafe try bytes.withUnsafeMutableBufferPointer { bytes throws(CorpusError) in
      unsafe try read(into: UnsafeMutableRawBufferPointer(bytes), at: 0)
    }
    return bytes
  }

  /// Fills a buffer from an offset.
  ///
  /// - Throws: `cannotRead`.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(CorpusError) {
    let count = unsafe try file.read(into: target, at: offset)
    guard count == target.count else { throw .cannotRead(path, EIO) }
  }
}
