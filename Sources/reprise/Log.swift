internal import Logging

/// Creates loggers for diagnostics on standard error.
enum Log {
  /// Returns a logger that shows debug messages, notices, or only warnings.
  static func logger(_ verbosity: OutputArguments.Verbosity?) -> Logger {
    var logger = Logger(label: "reprise") { _ in MessageLogHandler(stream: .standardError) }
    switch verbosity {
    case .verbose: logger.logLevel = .debug
    case .quiet: logger.logLevel = .warning
    case nil: logger.logLevel = .notice
    }
    return logger
  }
}

/// Writes log events as lines that begin with the program's name.
struct MessageLogHandler: LogHandler {
  let stream: MessageStream
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.warning

  init(stream: MessageStream) { self.stream = stream }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var text = "reprise: \(event.message)"
    for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 })
      .sorted(by: { $0.key < $1.key })
    {
      text += " \(key)=\(value)"
    }
    stream.line(SafeText.message(text))
  }
}
