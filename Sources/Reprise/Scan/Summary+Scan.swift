internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

extension Summary {
  /// Creates the summary file of a scan.
  init(
    _ scan: ScanSummary, _ options: CheckedOptions, inputs: [InputFile],
    facts: SourceFacts, counts: [JSONTree?]
  ) {
    self.init(
      program: ProgramVersion.text, scheme: Self.scheme(scan.scheme),
      configuration: Self.configuration(options),
      inputs: Self.entries(inputs, facts, counts) { !$0.isReference },
      references: Self.entries(inputs, facts, counts.map { _ in nil }) { $0.isReference },
      leftOut: scan.leftOut.tree,
      documents: [
        "references": .integer(scan.referenceCount),
        "total": .integer(scan.documents.total),
        "keep": .integer(scan.documents.kept),
        "drop_exact": .integer(scan.documents.exactDuplicates),
        "drop_words": .integer(scan.documents.wordDuplicates),
        "drop_near": .integer(scan.documents.nearDuplicates),
        "drop_contained": .integer(scan.documents.contained),
        "drop_passage": .integer(scan.documents.passageDuplicates),
        "drop_remnant": .integer(scan.documents.remnants),
        "removed": .integer(scan.documents.removed),
        "trim": .integer(scan.documents.trimmed),
        "empty": .integer(scan.documents.empty),
        "unreadable": .integer(scan.documents.unreadable),
        "same_text": .integer(scan.sameTextCount),
        "same_words": .integer(scan.sameWordsCount),
        "blank_lines": .integer(scan.blankLineCount),
        "clusters": .integer(scan.clusterCount),
        "pairs": .integer(scan.pairCount),
        "passages": .integer(scan.passageCount),
        "boilerplate": .integer(scan.boilerplateCount),
        "candidate_pairs": .integer(scan.verification.candidates),
        "candidate_pairs_screened": .integer(scan.verification.screened),
        "candidate_pairs_compared": .integer(scan.verification.compared),
        "survivor_limit_hits": .integer(scan.survivorLimitHits),
      ],
      bytes: [
        "text": .integer(scan.bytes.total),
        "drop_exact": .integer(scan.bytes.exactDuplicates),
        "drop_words": .integer(scan.bytes.wordDuplicates),
        "drop_near": .integer(scan.bytes.nearDuplicates),
        "drop_contained": .integer(scan.bytes.contained),
        "drop_remnant": .integer(scan.bytes.remnants),
        "passages": .integer(scan.bytes.passages),
        "removed": .integer(scan.bytes.removed),
        "stored": .integer(scan.bytes.stored),
      ],
      words: [
        "total": .integer(scan.words.total), "removed": .integer(scan.words.removed),
      ],
      similarities: [
        "near": .array(scan.nearSimilarities.counts.map { .integer($0) }),
        "below_threshold": .array(scan.verification.below.counts.map { .integer($0) }),
        "expected_recall": scan.expectedRecall.map { .double($0) } ?? .null,
      ],
      problems: .object(
        scan.problems.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }),
      largest: [
        "clusters": .array(scan.largestClusters.map(\.tree)),
        "passages": .array(scan.largestPassages.map(\.tree)),
      ],
      stages: scan.stages.map {
        StageTime(name: $0.name, seconds: $0.seconds, processorSeconds: $0.processorSeconds)
      })
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
    let tokens = scheme.tokens
    if !tokens.folding.isEmpty {
      fields.append(.init("fold", .array(tokens.folding.names.map { .string($0) })))
    }
    if tokens.countsSymbols { fields.append(.init("tokens", .string("symbols"))) }
    if tokens.countsCase { fields.append(.init("case", .string("keep"))) }
    return .object(fields)
  }

  private static func configuration(_ options: CheckedOptions) -> JSONTree {
    var fields: [JSONTree.Field] = [
      .init("threshold", .double(options.matching.threshold)),
      .init("recall", .double(options.matching.recall)),
      .init("verify", .string(options.matching.verification.rawValue)),
      .init("find", .string(options.matching.find.rawValue)),
      .init("minimum_passage", .integer(options.matching.passageRules.minimumWords)),
      .init("min_identity", .double(options.matching.passageRules.minimumIdentity)),
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
    if let preset = options.preset { fields.append(.init("preset", .string(preset.rawValue))) }
    if options.input.delimiter != nil {
      fields.append(.init("delimiter", options.delimiterName))
    }
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

  private static func entries(
    _ inputs: [InputFile], _ facts: SourceFacts, _ counts: [JSONTree?],
    where isListed: (InputFile) -> Bool
  ) -> [InputEntry] {
    inputs.indices.filter { isListed(inputs[$0]) }.map {
      input(inputs[$0], at: $0, facts, counts[$0])
    }
  }

  /// The checksum of an input that was not read to its end is unknown, and `clean` refuses it.
  private static func input(
    _ input: InputFile, at index: Int, _ facts: SourceFacts, _ counts: JSONTree?
  ) -> InputEntry {
    let checksum = facts.checksums[index]
    return InputEntry(
      source: input.path, root: input.argument, path: input.outputName,
      checksum: checksum
        ?? FileChecksum(hash: InputEntry.unknownHash, byteCount: input.byteCount),
      compression: facts.compressions[index], format: facts.formats[index],
      encoding: facts.encodings[index], counts: counts)
  }
}

extension ScanSummary.LargestCluster {
  fileprivate var tree: JSONTree {
    [
      "cluster": .integer(cluster), "documents": .integer(memberCount), "id": .string(id),
      "title": .string(title),
    ]
  }
}

extension ScanSummary.LargestPassage {
  fileprivate var tree: JSONTree {
    [
      "passage": .integer(passage), "title": .string(title), "words": .integer(words),
      "bytes": .integer(byteCount),
      (isBoilerplate ? "boilerplate_documents" : "places"): .integer(placeCount),
    ]
  }
}
