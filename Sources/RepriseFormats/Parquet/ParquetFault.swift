/// Why a part of a Parquet file cannot be read.
struct ParquetFault: Error, Hashable, Sendable {
  /// The class of the problem.
  let reason: CorpusError.Reason
  /// The sentence without its subject and its full stop.
  let detail: String

  /// Bytes that break the format.
  static func damaged(_ detail: String) -> Self { Self(reason: .corrupt, detail: detail) }

  /// A kind of file that is not read.
  static func refused(_ detail: String) -> Self { Self(reason: .otherFormat, detail: detail) }

  /// The error of a file.
  func error(_ path: BytePath) -> CorpusError { CorpusError(reason, detail, path: path) }
}
