import CKernels
import Glibc
import Synchronization

/// A temporary file without a name, to which bytes are added and from which they are read again.
public final class TemporaryFile: Sendable {
  private let file: OpenFile
  private let byteCount = Mutex<UInt64>(0)

  /// How the name begins that a file has for a moment where the system makes none without.
  static let namePrefix = "reprise-spool-"

  var path: BytePath { file.path }

  /// Creates the file in a folder; the system removes it with its last descriptor.
  ///
  /// - Throws: `cannotOpen`.
  public init(in folder: BytePath) throws(CorpusError) {
    let unnamed = unsafe folder.withCString { unsafe reprise_open_unnamed($0) }
    if unnamed >= 0 {
      file = OpenFile(owning: unnamed, path: folder)
      return
    }
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

  /// Adds bytes and tells where they begin.
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

  /// Adds numbers, in the order of this machine's bytes, and tells where they are.
  ///
  /// - Throws: `cannotWrite`.
  public func append(_ numbers: [UInt32]) throws(CorpusError) -> Range<UInt64> {
    let start = unsafe try numbers.span.withUnsafeBytes { bytes throws(CorpusError) in
      unsafe try append(bytes)
    }
    return start..<start + UInt64(4 * numbers.count)
  }

  /// The numbers at a place.
  ///
  /// - Throws: `cannotRead`.
  public func numbers(at place: Range<UInt64>) throws(CorpusError) -> [UInt32] {
    var numbers = [UInt32](repeating: 0, count: place.count / 4)
    unsafe try numbers.withUnsafeMutableBufferPointer { numbers throws(CorpusError) in
      unsafe try read(into: UnsafeMutableRawBufferPointer(numbers), at: place.lowerBound)
    }
    return numbers
  }

  /// Reads as many bytes as a buffer takes.
  ///
  /// - Throws: `cannotRead`.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(CorpusError) {
    let count = unsafe try file.read(into: target, at: offset)
    guard count == target.count else { throw .cannotRead(path, EIO) }
  }
}
