internal import Glibc
internal import Reprise
internal import Synchronization

/// Standard output, for results.
enum StandardOutput {
  /// Writes text.
  /// - Throws: ``BrokenPipe`` if the reader has gone, ``CommandError`` if it cannot be stored.
  static func write(_ text: String) throws {
    var buffer = ByteBuffer(capacity: text.utf8.count)
    buffer.append(text)
    do throws(CorpusError) {
      try buffer.flush(to: STDOUT_FILENO, path: "standard output")
    } catch {
      throw error.errorNumber == EPIPE ? BrokenPipe() : CommandError(error.description)
    }
  }
}

/// The reader of standard output has gone: it has seen what it wanted to see.
struct BrokenPipe: Error {}

/// Lines for people, with at most one of them, the last, still to be overwritten.
final class MessageStream: Sendable {
  /// Standard error.
  static let standardError = MessageStream { text in
    var buffer = ByteBuffer(capacity: text.utf8.count)
    buffer.append(text)
    // An error of standard error cannot be reported anywhere.
    try? buffer.flush(to: STDERR_FILENO, path: "standard error")
  }

  private let hasTransientLine = Mutex(false)
  private let write: @Sendable (String) -> Void

  /// Creates a stream that hands what it writes to `write`.
  init(write: @escaping @Sendable (String) -> Void) { self.write = write }

  /// Writes a line that stays.
  func line(_ text: String) {
    hasTransientLine.withLock { isThere in
      write((isThere ? Self.erase : "") + text + "\n")
      isThere = false
    }
  }

  /// Writes a line that replaces the transient one before it; it must fit the terminal's width.
  func transient(_ text: String) {
    hasTransientLine.withLock { isThere in
      write((isThere ? Self.erase : "") + text)
      isThere = true
    }
  }

  /// Takes the transient line away.
  func clear() {
    hasTransientLine.withLock { isThere in
      if isThere { write(Self.erase) }
      isThere = false
    }
  }

  private static let erase = "\r\u{1B}[2K"
}
