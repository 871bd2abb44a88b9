/// How files are cut into records and handed out.
public struct ReadingOptions: Sendable {
  /// Bytes of a file that one chunk owns.
  ///
  /// A multiple of 1 MiB: other values work, but then large plain files get no checksum.
  public var chunkByteCount = 1 << 20
  /// Where text files are cut into articles; each file is one record without it.
  public var articleRule: ArticleRule?
  /// Records with more bytes are skipped and reported; of lines, longer ones are not searched for
  /// the article rule.
  public var maximumRecordByteCount = 1 << 30
  /// The encoding of files that begin with no byte order mark.
  public var encoding = TextEncoding.utf8
  /// Decoded bytes of packed and converted files that are kept in a temporary file, so that their
  /// records need not be decoded again.
  public var cachedByteCount = 0
  /// The folder for temporary files, which have no names there.
  public var temporaryFolder: BytePath = "/tmp"

  /// The defaults.
  public init() {}
}
