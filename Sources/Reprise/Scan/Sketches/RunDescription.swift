internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// The first block of a signature file: the inputs and parameters from which the other blocks were
/// made.
struct RunDescription {
  /// The JSON of the block.
  let tree: JSONTree

  /// Describes a run.
  init(_ options: CheckedOptions, _ found: DiscoveredFiles) {
    let problems = found.problems.map { problem in
      var writer = JSONWriter(capacity: 256)
      Problem(problem).write(to: &writer)
      let bytes = unsafe writer.buffer.withUnsafeBytes { unsafe Array($0) }
      return (try? JSONTree(parsing: bytes)) ?? .null
    }
    tree = [
      "format": .string(Self.format),
      "parameters": .object(Self.parameters(options)),
      "inputs": .array(found.inputs.map(\.tree)),
      "problems": .array(problems),
      "left_out": found.leftOut.tree,
    ]
  }

  /// Parses the description in a file.
  ///
  /// - Throws: `invalidSignatures`.
  init(_ payload: [UInt8], in path: BytePath) throws(CorpusError) {
    guard let tree = try? JSONTree(parsing: payload), tree["format"]?.string == Self.format else {
      throw CorpusError.unusableSignatures(path, "its first block does not describe a run")
    }
    self.tree = tree
  }

  private static let format = "reprise-signatures"

  private static func parameters(_ options: CheckedOptions) -> [JSONTree.Field] {
    let (input, matching, scheme) = (options.input, options.matching, options.matching.scheme)
    var split = JSONTree.null
    switch input.articles {
    case .after(let expression): split = .string("after " + expression)
    case .before(let expression): split = .string("before " + expression)
    case nil: break
    }
    return [
      .init("scheme", .integer(Int(Scheme.number))),
      .init("ngram", .integer(scheme.shingleLength)),
      .init("signature", .string(scheme.signatureMethod.rawValue)),
      .init("slots", .integer(scheme.slotCount)),
      .init("threshold", .double(matching.threshold)),
      .init("recall", .double(matching.recall)),
      .init("bands", .integer(scheme.bands.bandCount)),
      .init("rows", .integer(scheme.bands.rowCount)),
      .init("verify", .string(matching.verification.rawValue)),
      .init("find", .string(matching.find.rawValue)),
      .init("minimum_passage", .integer(matching.passageRules.minimumWords)),
      .init("keep", options.keepKeys),
      .init("text_field", options.textFieldNames),
      .init("id_field", .string(input.idField)),
      .init("delimiter", options.delimiterName),
      .init("input_format", .string(input.selection.format?.rawValue ?? "by content")),
      .init("split", split),
      .init("fold", .array(scheme.tokens.folding.names.map { .string($0) })),
      .init("tokens", .string(scheme.tokens.countsSymbols ? "symbols" : "words")),
      .init("case", .string(scheme.tokens.countsCase ? "keep" : "fold")),
      .init("encoding", .string(input.encoding.uppercased())),
      .init("maximum_document", .integer(input.maximumDocumentByteCount)),
      .init("chunk_bytes", .integer(options.hooks.chunkByteCount)),
    ]
  }

  /// Writes the payload of the block.
  func write(to buffer: inout BlockBuffer) {
    var writer = JSONWriter(capacity: 1 << 16)
    tree.write(to: &writer)
    buffer.removeAll()
    unsafe writer.buffer.withUnsafeBytes { unsafe buffer.append($0) }
  }

  /// The inputs.
  var inputs: [JSONTree] { tree["inputs"]?.array ?? [] }

  /// The problems with folder entries.
  var problems: [Problem] { (tree["problems"]?.array ?? []).compactMap { Problem($0) } }

  /// The numbers of folder entries that are not among the inputs.
  var leftOut: LeftOutEntries {
    // A file can contain any number, and those of several files are added, so each is limited.
    LeftOutEntries { name in min(max(0, tree["left_out"]?[name]?.integer ?? 0), 1 << 48) }
  }
}

extension RunDescription {
  /// The first parameter whose value differs in `other`, worded to end a sentence (`slots was 256,
  /// and now it is 128`); nil if none differs.
  func parameterDifference(to other: RunDescription) -> String? {
    guard case .object(let fields) = tree["parameters"] else { return "its parameters are missing" }
    for field in fields {
      let now = other.tree["parameters"]?[field.name] ?? .null
      guard now != field.value else { continue }
      return "\(field.name) was \(Self.text(field.value)), and now it is \(Self.text(now))"
    }
    return nil
  }

  /// The first input that differs in `other`, worded to end a sentence; nil if none differs.
  func inputDifference(to other: RunDescription) -> String? {
    let (before, now) = (inputs, other.inputs)
    if before == now { return nil }
    func name(_ input: JSONTree) -> String { input["source"]?.string ?? "" }
    for (old, new) in zip(before, now) where old != new {
      guard name(old) == name(new) else {
        return "the input \"\(name(old))\" is now \"\(name(new))\""
      }
      for key in ["bytes", "modified_ns", "inode", "device", "format"]
      where old[key] != new[key] {
        return "\(key) of \"\(name(old))\" was \(Self.text(old[key] ?? .null)), and now it is "
          + Self.text(new[key] ?? .null)
      }
      return "\"\(name(old))\" was given differently"
    }
    if let missing = before.dropFirst(now.count).first { return "\"\(name(missing))\" is missing" }
    return now.dropFirst(before.count).first.map { "\"\(name($0))\" is new" }
  }

  private static func text(_ value: JSONTree) -> String {
    var writer = JSONWriter(capacity: 64)
    value.write(to: &writer)
    return unsafe writer.buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

extension LeftOutEntries {
  /// The JSON form.
  var tree: JSONTree { .object(counts.map { .init($0.name, .integer($0.count)) }) }
}
