/// The compression of a file, shown by its first bytes and otherwise by its name.
package enum Compression: String, Hashable, Sendable, CaseIterable {
  /// Not compressed.
  case none
  /// RFC 1952, with one or more members.
  case gzip
  /// RFC 8878, with one or more frames.
  case zstd

  /// Derives the compression from a file name: `.gz`, `.zst`, `.zstd`, or none of them.
  package init(fileName: BytePath) {
    if fileName.hasSuffix(".gz") {
      self = .gzip
    } else if fileName.hasSuffix(".zst") || fileName.hasSuffix(".zstd") {
      self = .zstd
    } else {
      self = .none
    }
  }

  /// Returns a name without the suffix of its compression.
  package static func strippedName(_ fileName: BytePath) -> BytePath {
    let suffixes: [(StaticString, Int)] = [(".gz", 3), (".zst", 4), (".zstd", 5)]
    for (suffix, count) in suffixes where fileName.hasSuffix(suffix) {
      return BytePath(Array(fileName.bytes.dropLast(count)))
    }
    return fileName
  }
}
