/// The counts of a finished cleaning run.
public struct CleaningReport: Equatable, Sendable {
  /// The number of files written.
  public var writtenFileCount = 0
  /// The text files that were not written because no document is left.
  public var omittedFiles: [BytePath] = []
  /// The number of documents in the manifest.
  public var documentCount = 0
  /// The number of documents that were dropped.
  public var droppedCount = 0
  /// The number of documents that were left out because they could not be read.
  public var unreadableCount = 0
  /// The number of documents that were trimmed.
  public var trimmedCount = 0
  /// The size of all inputs, decoded, in bytes.
  public var inputByteCount = 0
  /// The size of all outputs before compression, in bytes.
  public var outputByteCount = 0
  /// Inputs whose compressed data is damaged.
  ///
  /// The part that could be decoded was cleaned. A file from which nothing was removed was copied
  /// unchanged.
  public var problems: [Problem] = []
  /// Failures that do not affect the published output, as whole sentences.
  public var warnings: [String] = []

  /// Creates an empty report.
  package init() {}
}
