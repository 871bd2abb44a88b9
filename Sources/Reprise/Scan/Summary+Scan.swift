internal import RepriseCore
internal import RepriseFormats

extension Summary {
  /// Creates the summary file of a scan.
  init(
    _ scan: ScanSummary, _ options: CheckedOptions, inputs: [InputFile],
    facts: SourceFacts
  ) {
    self.init(
      scheme: Self.scheme(scan.scheme), configuration: Self.configuration(options),
      inputs: inputs.indices.map { Self.input(inputs[$0], at: $0, facts) },
      leftOut: scan.leftOut.tree,
      documents: [
        "total": .integer(scan.documents.total),
        "keep": .integer(scan.documents.kept),
        "drop_exact": .integer(scan.documents.exactDuplicates),
        "drop_near": .integer(scan.documents.nearDuplicates),
        "drop_contained": .integer(scan.documents.contained),
        "drop_passage": .integer(scan.documents.passageDuplicates),
        "drop_remnant": .integer(scan.documents.remnants),
        "trim": .integer(scan.documents.trimmed),
        "empty": .integer(scan.documents.empty),
        "unreadable": .integer(scan.documents.unreadable),
        "blank_lines": .integer(scan.blankLineCount),
        "clusters": .integer(scan.clusterCount),
        "pairs": .integer(scan.pairCount),
        "passages": .integer(scan.passageCount),
        "boilerplate": .integer(scan.boilerplateCount),
        "candidate_pairs": .integer(scan.verification.candidates),
        "candidate_pairs_screened": .integer(scan.verification.screened),
        "candidate_pairs_compared": .integer(scan.verification.compared),
        "survivor_limit_hits": .integer(scan.survivorLimitHits),
        "problems": .object(
          scan.problems.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }),
      ],
      bytes: [
        "text": .integer(scan.bytes.total),
        "drop_exact": .integer(scan.bytes.exactDuplicates),
        "drop_near": .integer(scan.bytes.nearDuplicates),
        "drop_contained": .integer(scan.bytes.contained),
        "drop_remnant": .integer(scan.bytes.remnants),
        "passages": .integer(scan.bytes.passages),
        "stored": .integer(scan.bytes.stored),
      ],
      stages: scan.stages.map { StageTime(name: $0.name, seconds: $0.seconds) })
  }

  private static func scheme(_ scheme: Scheme) -> JSONTree {
    var fields: [JSONTree.Field] = [
      .init("scheme", .integer(Int(Scheme.number))),
      .init("ngram", .integer(scheme.shingleLength)),
      .init("signature", .string(scheme.signatureMethod.rawValue)),
      .init("slots", .integer(scheme.slotCount)),
      .init("bands", .integer(scheme.bands.bandCount)),
      .init("rows", .integer(scheme.bands.rowCount)),
    ]
    if !scheme.folding.isEmpty {
      fields.append(.init("fold", .array(scheme.folding.names.map { .string($0) })))
    }
    return .object(fields)
  }

  private static func configuration(_ options: CheckedOptions) -> JSONTree {
    var fields: [JSONTree.Field] = [
      .init("threshold", .double(options.matching.threshold)),
      .init("recall", .double(options.matching.recall)),
      .init("verify", .string(options.matching.verification.rawValue)),
      .init("find", .string(options.matching.find.rawValue)),
      .init("minimum_passage", .integer(options.matching.passageRules.minimumWords)),
      .init("cut", .string(options.matching.passageRules.cuts.mode.rawValue)),
      .init("cut_at", .string(options.matching.passageRules.cuts.ends.rawValue)),
      .init("cut_repeats", .bool(options.matching.passageRules.cuts.cutsRepeats)),
      .init("cut_markup", .bool(options.matching.passageRules.cuts.cutsMarkup)),
      .init("min_left", .integer(options.matching.passageRules.cuts.minimumLeft)),
      .init("contained", .double(options.matching.passageRules.cuts.contained)),
      .init("boilerplate", .integer(options.matching.passageRules.documentLimit)),
      .init("boilerplate_action", .string(options.matching.passageRules.cuts.boilerplate.rawValue)),
      .init("ignore_text", .array(options.input.ignoredTexts.map { .string($0.text) })),
      .init("keep", options.keepKeys),
      .init("text_field", options.textFieldNames),
      .init("id_field", .string(options.input.idField)),
    ]
    if options.input.encoding != "UTF-8" {
      fields.append(.init("encoding", .string(options.input.encoding)))
    }
    if options.input.maximumDocumentByteCount
      != InputOptions(paths: []).maximumDocumentByteCount
    {
      fields.append(
        .init("maximum_document", .integer(options.input.maximumDocumentByteCount)))
    }
    switch options.input.articles {
    case .after(let expression): fields.append(.init("split_after", .string(expression)))
    case .before(let expression): fields.append(.init("split_before", .string(expression)))
    case nil: break
    }
    return .object(fields)
  }

  /// The checksum of an input that was not read to its end is unknown, and `clean` refuses it.
  private static func input(
    _ input: InputFile, at index: Int, _ facts: SourceFacts
  ) -> InputEntry {
    let checksum = facts.checksums[index]
    return InputEntry(
      source: input.path, root: input.argument, path: input.outputName,
      checksum: checksum
        ?? FileChecksum(hash: InputEntry.unknownHash, byteCount: input.byteCount),
      compression: facts.compressions[index], format: facts.formats[index],
      encoding: facts.encodings[index])
  }
}
