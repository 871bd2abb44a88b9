extension InputFile {
  /// The JSON form for signature files.
  package var tree: JSONTree {
    var fields: [JSONTree.Field] = []
    for (key, path) in [
      ("source", path), ("absolute", absolutePath), ("root", argument), ("path", outputName),
    ] {
      fields += path.fields(key)
    }
    fields.append(.init("bytes", .integer(Int(clamping: byteCount))))
    fields.append(.init("modified_ns", .integer(Int(status.modifiedNanoseconds))))
    fields.append(.init("device", .integer(Int(truncatingIfNeeded: status.device))))
    fields.append(.init("inode", .integer(Int(truncatingIfNeeded: status.inode))))
    fields.append(.init("compression", .string(compression.rawValue)))
    fields.append(.init("format", .string(format.rawValue)))
    if isReference { fields.append(.init("reference", .bool(true))) }
    if let part {
      fields.append(.init("from", .integer(Int(clamping: part.lowerBound))))
      fields.append(.init("to", .integer(Int(clamping: part.upperBound))))
    }
    return .object(fields)
  }

  /// Reads the JSON form and finds the file.
  ///
  /// - Throws: `cannotOpen` if the file does not exist, `changed` if its size differs,
  ///   `invalidSignatures` if a field is missing.
  package init(signed tree: JSONTree, in file: BytePath) throws(CorpusError) {
    guard let path = InputEntry.path("source", tree),
      let absolute = InputEntry.path("absolute", tree),
      let root = InputEntry.path("root", tree), let name = InputEntry.path("path", tree),
      let byteCount = tree["bytes"]?.integer,
      let compression = tree["compression"]?.string.flatMap(Compression.init(rawValue:)),
      let format = tree["format"]?.string.flatMap(RecordFormat.init(rawValue:))
    else {
      throw CorpusError(
        .invalidSignatures, "the description of an input is missing or incomplete", path: file)
    }
    let status = try FileStatus(of: path)
    guard status.kind == .file else { throw .changed(path, "it is now a \(status.kind)") }
    guard Int(clamping: status.byteCount) == byteCount else {
      throw .changed(path, "\(byteCount) bytes when it was signed, now \(status.byteCount)")
    }
    self.init(
      path: path, absolutePath: absolute, argument: root, outputName: name, status: status,
      format: format, compression: compression, isPipe: false)
    if tree["from"] != nil || tree["to"] != nil {
      guard let from = tree["from"]?.integer, let to = tree["to"]?.integer,
        from >= 0, from <= to, to <= byteCount
      else {
        throw CorpusError(
          .invalidSignatures, "the part of an input that was signed is out of range", path: file)
      }
      part = UInt64(from)..<UInt64(to)
    }
  }
}
