extension Summary {
  /// Reads the summary of a results folder.
  ///
  /// - Parameter folder: The results folder.
  /// - Throws: `cannotOpen` or `cannotRead`; `invalidResults` if the file is no summary of this
  ///   version.
  public init(readingFrom folder: FilePath) throws(CorpusError) {
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
    var inputs: [InputRecord] = []
    for (index, input) in (tree["inputs"]?.array ?? []).enumerated() {
      guard let record = InputRecord(input) else {
        throw .invalidResults(path, "the entry \(index) of \"inputs\" is not complete")
      }
      inputs.append(record)
    }
    let stages = (tree["stages"]?.array ?? []).map {
      StageTime(name: $0["name"]?.string ?? "", seconds: $0["seconds"]?.double ?? 0)
    }
    self.init(
      scheme: tree["scheme"] ?? .null, configuration: tree["configuration"] ?? .null,
      inputs: inputs, leftOut: tree["left_out"] ?? .object([]),
      documents: tree["documents"] ?? .null, bytes: tree["bytes"] ?? .null, stages: stages)
  }

  private static func tree(at path: FilePath) throws(CorpusError) -> JSONTree {
    let bytes = try OpenFile.content(of: path)
    do throws(JSONSyntaxError) {
      return try JSONTree(parsing: bytes)
    } catch {
      throw .invalidResults(path, error.sentence, byte: UInt64(error.offset))
    }
  }
}

extension OpenFile {
  /// All bytes of a small file.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`.
  static func content(of path: FilePath) throws(CorpusError) -> [UInt8] {
    let file = try OpenFile.file(reading: path)
    var content: [UInt8] = []
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { unsafe room.deallocate() }
    while true {
      let count = unsafe try file.read(into: room)
      if count == 0 { return content }
      unsafe content.append(contentsOf: room[..<count])
    }
  }
}
