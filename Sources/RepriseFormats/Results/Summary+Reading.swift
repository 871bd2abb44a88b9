extension Summary {
  /// Reads the summary of a results folder.
  ///
  /// - Parameter folder: the results folder.
  /// - Throws: `cannotOpen` or `cannotRead`; `invalidResults` if the file is not a summary of this
  ///   version.
  package init(readingFrom folder: BytePath) throws(CorpusError) {
    let path = folder.appending(ResultsFolder.Name.summary.path)
    let tree = try Self.tree(at: path)
    guard tree["format"]?.string == Self.format else {
      throw .invalidResults(path, "the file is not the summary of a run")
    }
    let version = tree["version"]?.integer
    guard version == Self.version else {
      let found = version.map { "version \($0)" } ?? "no version"
      throw .invalidResults(path, "the file has \(found), and only \(Self.version) can be read")
    }
    let inputs = try Self.entries("inputs", of: tree, in: path, InputEntry.init)
    let references = try Self.entries("references", of: tree, in: path, InputEntry.init)
    let stages = (tree["stages"]?.array ?? []).map {
      StageTime(
        name: $0["name"]?.string ?? "", seconds: $0["seconds"]?.double ?? 0,
        processorSeconds: $0["processor_seconds"]?.double ?? 0)
    }
    self.init(
      program: tree["program"]?.string ?? "", scheme: tree["scheme"] ?? .null,
      configuration: tree["configuration"] ?? .null,
      inputs: inputs, references: references, leftOut: tree["left_out"] ?? .object([]),
      documents: tree["documents"] ?? .null, bytes: tree["bytes"] ?? .null,
      words: tree["words"] ?? .null, similarities: tree["similarities"] ?? .null,
      problems: tree["problems"] ?? .null, largest: tree["largest"] ?? .null, stages: stages)
    files = try Self.entries("files", of: tree, in: path, ResultsFileRecord.init)
  }

  private static func entries<Entry>(
    _ key: String, of tree: JSONTree, in path: BytePath, _ read: (JSONTree) -> Entry?
  ) throws(CorpusError) -> [Entry] {
    var entries: [Entry] = []
    for (index, element) in (tree[key]?.array ?? []).enumerated() {
      guard let entry = read(element) else {
        throw .invalidResults(path, "entry \(index) of \"\(key)\" is incomplete")
      }
      entries.append(entry)
    }
    return entries
  }

  /// The fields with the text: one name, or an array of several.
  var textFields: [String] {
    let value = configuration["text_field"]
    return value?.array?.compactMap(\.string) ?? [value?.string ?? "text"]
  }

  /// The delimiter of tables, if the run had one.
  var delimiter: UInt8? { configuration["delimiter"]?.string?.utf8.first }

  /// Returns the summary's record of the manifest.
  ///
  /// - Throws: `invalidResults` if there is none.
  func manifest(in folder: BytePath) throws(CorpusError) -> ResultsFileRecord {
    let name = ResultsFolder.Name.manifest.rawValue
    guard let record = files.first(where: { $0.name == name }) else {
      throw .invalidResults(
        folder.appending(ResultsFolder.Name.summary.path), "\"files\" does not list \(name)")
    }
    return record
  }

  private static func tree(at path: BytePath) throws(CorpusError) -> JSONTree {
    let bytes = try OpenFile.content(of: path)
    do throws(JSONSyntaxError) {
      return try JSONTree(parsing: bytes)
    } catch {
      throw .invalidResults(path, error.sentence, byte: UInt64(error.offset))
    }
  }
}

extension OpenFile {
  /// The size limit in bytes of a summary, and of a line of the results.
  static let contentLimit = 1 << 30

  /// Returns all bytes of a file that fits in memory.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`; `invalidResults` for a file that is too large.
  static func content(of path: BytePath) throws(CorpusError) -> [UInt8] {
    let file = try OpenFile.file(reading: path)
    var content: [UInt8] = []
    guard try file.status().byteCount < contentLimit else {
      throw .invalidResults(path, "the file has \(contentLimit) bytes or more, which is too many")
    }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { unsafe room.deallocate() }
    while true {
      let count = unsafe try file.read(into: room)
      if count == 0 { return content }
      guard content.count + count < contentLimit else {
        throw .changed(path, "it grows while it is read")
      }
      unsafe content.append(contentsOf: room[..<count])
    }
  }
}
