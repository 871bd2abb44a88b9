/// What a cleaning has done.
public struct CleaningReport: Equatable, Sendable {
  /// The number of files written.
  public var writtenFileCount = 0
  /// The text files that were not written because all of their documents are dropped.
  public var omittedFiles: [BytePath] = []
  /// The number of documents seen in the manifest.
  public var documentCount = 0
  /// How many of them were left out.
  public var droppedCount = 0
  /// How many of them were left out because they could not be read.
  public var unreadableCount = 0
  /// How many of them were written without some of their passages.
  public var trimmedCount = 0
  /// The bytes of all inputs, decoded.
  public var inputByteCount = 0
  /// The bytes of all outputs, before packing.
  public var outputByteCount = 0
  /// Inputs whose compressed data is damaged.
  ///
  /// What could be decoded was cleaned; a file without
  /// dropped documents was copied as it is.
  public var problems: [CorpusError] = []
  /// What failed without harm to the cleaned corpus, which is in its place.
  public var warnings: [CorpusError] = []

  /// Creates a report of nothing.
  public init() {}
}
