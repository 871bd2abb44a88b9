internal import Reprise
internal import RepriseSystem
internal import Synchronization

/// Writes results to standard output.
enum StandardOutput {
  /// Writes text.
  /// - Throws: ``BrokenPipe`` if the reader has gone, ``CommandError`` if writing fails.
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

/// The reader of standard output has gone.
///
/// This is not an error: it has read what it needs.
struct BrokenPipe: Error {}

/// Writes lines for people.
///
/// Only the last line can be transient, so that it is overwritten.
final class MessageStream: Sendable {
  /// Standard error.
  static let standardError = MessageStream { text in
    var buffer = ByteBuffer(capacity: text.utf8.count)
    buffer.append(text)
    // A failure to write to standard error cannot be reported.
    try? buffer.flush(to: STDERR_FILENO, path: "standard error")
  }

  private let hasTransientLine = Mutex(false)
  private let write: @Sendable (String) -> Void

  /// Creates a stream that passes its output to `write`.
  init(write: @escaping @Sendable (String) -> Void) { self.write = write }

  /// Writes a permanent line.
  func line(_ text: String) {
    hasTransientLine.withLock { isThere in
      write((isThere ? Self.erase : "") + text + "\n")
      isThere = false
    }
  }

  /// Writes a line that replaces the previous transient line.
  ///
  /// It must fit the width of the terminal.
  func transient(_ text: String) {
    hasTransientLine.withLock { isThere in
      write((isThere ? Self.erase : "") + text)
      isThere = true
    }
  }

  /// Removes the transient line.
  func clear() {
    hasTransientLine.withLock { isThere in
      if isThere { write(Self.erase) }
      isThere = false
    }
  }

  private static let erase = "\r\u{1B}[2K"
}
