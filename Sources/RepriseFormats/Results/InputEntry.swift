/// An input of a run, as `summary.json` lists it.
package struct InputEntry: Hashable, Sendable {
  /// The path with which the file was opened.
  package var source: BytePath
  /// The argument under which the file was found.
  package var root: BytePath
  /// The path of the file below the root, and so of its cleaned copy.
  package var path: BytePath
  /// The size and hash of the file as stored.
  package var checksum: FileChecksum
  /// True if the run read the file to its end, so that its hash is known.
  package var wasReadWhole: Bool { checksum.hash != Self.unknownHash }
  /// The hash of a file that was not read to its end.
  package static let unknownHash: UInt64 = 0
  /// The compression of the file.
  package var compression: Compression
  /// The format of the file.
  package var format: RecordFormat
  /// The encoding of the text as stored.
  ///
  /// Offsets and lengths refer to its UTF-8.
  package var encoding: TextEncoding
  /// The numbers of its documents by decision, and the sizes of their texts; nil if they were not
  /// counted.
  package var counts: JSONTree?

  /// Creates an entry.
  package init(
    source: BytePath, root: BytePath, path: BytePath, checksum: FileChecksum,
    compression: Compression, format: RecordFormat, encoding: TextEncoding = .utf8,
    counts: JSONTree? = nil
  ) {
    self.source = source
    self.root = root
    self.path = path
    self.checksum = checksum
    self.compression = compression
    self.format = format
    self.encoding = encoding
    self.counts = counts
  }
}

extension InputEntry {
  /// The JSON form.
  ///
  /// Paths that are not UTF-8 are written twice: as text with U+FFFD, and in hexadecimal digits
  /// under `source_hex`, `root_hex` and `path_hex`.
  var tree: JSONTree {
    var fields: [JSONTree.Field] = []
    for (key, path) in [("source", source), ("root", root), ("path", path)] {
      fields += path.fields(key)
    }
    fields.append(.init("bytes", .integer(Int(clamping: checksum.byteCount))))
    fields.append(.init("xxh3", .string(checksum.description)))
    fields.append(.init("compression", .string(compression.rawValue)))
    fields.append(.init("format", .string(format.rawValue)))
    if encoding != .utf8 { fields.append(.init("encoding", .string(encoding.name))) }
    if let counts { fields.append(.init("documents", counts)) }
    return .object(fields)
  }

  /// Reads the JSON form; `nil` if a field is missing or has a value that no run writes.
  init?(_ tree: JSONTree) {
    guard let source = Self.path("source", tree), let root = Self.path("root", tree),
      let path = Self.path("path", tree), let checksum = FileChecksum(tree),
      let compression = tree["compression"]?.string.flatMap(Compression.init(rawValue:)),
      let format = tree["format"]?.string.flatMap(RecordFormat.init(rawValue:))
    else { return nil }
    let name = tree["encoding"]?.string ?? TextEncoding.utf8.name
    guard let encoding = try? TextEncoding(named: name) else { return nil }
    self.init(
      source: source, root: root, path: path, checksum: checksum, compression: compression,
      format: format, encoding: encoding, counts: tree["documents"])
  }

  static func path(_ key: String, _ tree: JSONTree) -> BytePath? {
    guard let digits = tree[key + "_hex"]?.string else {
      return tree[key]?.string.map { BytePath($0) }
    }
    let values = Array(digits.utf8).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard values.count == digits.utf8.count, values.count % 2 == 0 else { return nil }
    return BytePath(
      stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) })
  }
}

extension BytePath {
  /// The JSON fields of the path: its text and, if that is not exact, its bytes as hexadecimal
  /// digits in a field whose name ends in `_hex`.
  package func fields(_ key: String) -> [JSONTree.Field] {
    var fields = [JSONTree.Field(key, .string(text))]
    if Array(text.utf8) != bytes {
      let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      fields.append(.init(key + "_hex", .string(digits)))
    }
    return fields
  }
}
