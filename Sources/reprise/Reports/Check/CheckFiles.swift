internal import Reprise
internal import RepriseSystem

/// The files that a check writes next to its output.
enum CheckFiles {
  /// Replaces a file: it has the old content or the new one, not a part.
  ///
  /// - Throws: ``CommandError``.
  static func write(_ text: String, to path: BytePath) throws {
    let staged = BytePath(path.bytes + Array(".partial-\(getpid())".utf8))
    let descriptor = Self.open(staged, O_WRONLY | O_CREAT | O_TRUNC)
    guard descriptor >= 0 else {
      throw CommandError(
        "\"\(path)\" cannot be written: \(unsafe String(cString: strerror(errno))).")
    }
    defer { close(descriptor) }
    var buffer = ByteBuffer(capacity: text.utf8.count)
    buffer.append(text)
    do throws(CorpusError) {
      try buffer.flush(to: descriptor, path: path)
    } catch {
      remove(staged)
      throw CommandError(error.description)
    }
    let moved = unsafe terminated(staged).withUnsafeBufferPointer { from in
      unsafe terminated(path).withUnsafeBufferPointer {
        unsafe rename(from.baseAddress, $0.baseAddress)
      }
    }
    guard moved == 0 else {
      let reason = unsafe String(cString: strerror(errno))
      remove(staged)
      throw CommandError("\"\(path)\" cannot be written: \(reason).")
    }
  }

  /// Appends to a file that another program made.
  static func append(_ text: String, to path: String) throws {
    let descriptor = Self.open(BytePath(path), O_WRONLY | O_CREAT | O_APPEND)
    guard descriptor >= 0 else { throw CommandError("\"\(path)\" cannot be opened.") }
    defer { close(descriptor) }
    var buffer = ByteBuffer(capacity: text.utf8.count)
    buffer.append(text)
    do throws(CorpusError) {
      try buffer.flush(to: descriptor, path: BytePath(path))
    } catch {
      throw CommandError(error.description)
    }
  }

  /// Whether there is an entry at the path.
  static func exists(_ path: BytePath) -> Bool { mode(path) != nil }

  /// Whether the path is a folder.
  static func isFolder(_ path: BytePath) -> Bool { (mode(path) ?? 0) & S_IFMT == S_IFDIR }

  private static func mode(_ path: BytePath) -> mode_t? {
    var status = stat()
    let result = unsafe terminated(path).withUnsafeBufferPointer { name in
      unsafe name.baseAddress.map { unsafe stat($0, &status) } ?? -1
    }
    return result == 0 ? status.st_mode : nil
  }

  private static func open(_ path: BytePath, _ flags: Int32) -> Int32 {
    unsafe terminated(path).withUnsafeBufferPointer { name in
      unsafe name.baseAddress.map {
        unsafe SystemCalls.openFile($0, flags | O_CLOEXEC, mode: 0o666)
      } ?? -1
    }
  }

  private static func remove(_ path: BytePath) {
    _ = unsafe terminated(path).withUnsafeBufferPointer { name in
      unsafe name.baseAddress.map { unsafe unlink($0) }
    }
  }

  /// The bytes as the system takes them: a zero ends them, so calls stay in bounds.
  private static func terminated(_ path: BytePath) -> [CChar] {
    path.bytes.map { CChar(bitPattern: $0) } + [0]
  }
}
