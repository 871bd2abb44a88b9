/// How a file's bytes are packed.
public enum Compression: String, Hashable, Sendable, CaseIterable {
  /// Not at all.
  case none
  /// RFC 1952, one or several members.
  case gzip
  /// RFC 8878, one or several frames.
  case zstd

  /// What a file's name says: `.gz`, `.zst`, `.zstd`, or none of them.
  public init(fileName: BytePath) {
    if fileName.hasSuffix(".gz") {
      self = .gzip
    } else if fileName.hasSuffix(".zst") || fileName.hasSuffix(".zstd") {
      self = .zstd
    } else {
      self = .none
    }
  }

  /// A name without the ending that says how the file is packed.
  public static func strippedName(_ fileName: BytePath) -> BytePath {
    let suffixes: [(StaticString, Int)] = [(".gz", 3), (".zst", 4), (".zstd", 5)]
    for (suffix, count) in suffixes where fileName.hasSuffix(suffix) {
      return BytePath(Array(fileName.bytes.dropLast(count)))
    }
    return fileName
  }
}
