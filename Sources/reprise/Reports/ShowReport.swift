internal import Reprise

/// The report of documents, pairs, clusters and passages of a scan.
struct ShowReport {
  private let terminal: Terminal
  private let aligned: AlignedReport

  /// The number of lines of a text that has no other next to it.
  private static let lineLimit = 12
  /// The number of occurrences of a passage that are listed.
  private static let placeLimit = 20

  init(_ terminal: Terminal, isFull: Bool, isStacked: Bool) {
    self.terminal = terminal
    aligned = AlignedReport(terminal, isFull: isFull, isStacked: isStacked)
  }

  /// Returns a document with what it repeats.
  func text(_ document: ShownDocument, number: String = "") -> String {
    let entry = document.entry
    var lines = wrapped(number + heading(document)).map(terminal.bold)
    if let texts = document.texts { lines += counts(texts) + [""] }
    if let texts = document.texts {
      let kept = document.partner?.id ?? entry.duplicateOf ?? ""
      lines += aligned.lines(texts, "stays   " + kept, "dropped " + entry.id)
    }
    for shown in document.cuts { lines += [""] + self.lines(of: shown, entry) }
    if let text = document.text {
      lines += [""] + aligned.lines(text, atMost: Self.lineLimit)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(_ document: ShownDocument) -> String {
    let entry = document.entry
    let cluster = entry.cluster.map { ", cluster \($0)" } ?? ""
    switch entry.status {
    case .keep, .empty:
      let copies =
        entry.copies > 0
        ? ", \(Numbers.grouped(entry.copies)) \(entry.copies == 1 ? "copy" : "copies") dropped" : ""
      let size = entry.status == .empty ? "no words" : Numbers.count(entry.words, "word")
      return "\(entry.id): kept, \(size)\(copies)\(cluster)"
    case .unreadable:
      let reason = entry.reason.map { ", \($0.rawValue)" } ?? ""
      return "\(entry.id): could not be read\(reason); problems.jsonl says why"
    case .trim:
      let words = entry.cuts.reduce(0) { $0 + $1.words }
      return "\(entry.id): kept without \(Numbers.count(entry.cuts.count, "passage")) of "
        + "\(Numbers.count(words, "word"))\(cluster)"
    case .drop:
      let reason = entry.reason.map { ", \($0.rawValue)" } ?? ""
      guard let kept = document.partner?.id ?? entry.duplicateOf else {
        return "\(entry.id): dropped\(reason)\(cluster)"
      }
      let place = entry.duplicateIn.map { " in \($0)" } ?? ""
      let similarity = entry.similarity.map { ", similarity \(Numbers.similarity($0))" } ?? ""
      return "\(entry.id) repeats \(kept)\(place): dropped\(reason)\(similarity)\(cluster)"
    }
  }

  private func counts(_ texts: AlignedTexts) -> [String] {
    wrapped(
      "\(Numbers.count(texts.onlyFirst, "word")) only left, "
        + "\(Numbers.grouped(texts.onlySecond)) only right, "
        + "\(Numbers.grouped(texts.common)) in common")
  }

  private func lines(of shown: ShownDocument.ShownCut, _ entry: ManifestEntry) -> [String] {
    let cut = shown.cut
    let place = cut.duplicateIn.map { " in \($0)" } ?? ""
    let lead = wrapped(
      "Cut: bytes \(cut.start)-\(cut.end), \(Numbers.count(cut.words, "word")), which "
        + "\(cut.duplicateOf)\(place) has at bytes \(cut.sourceStart)-\(cut.sourceEnd), identity "
        + Numbers.similarity(cut.identity))
    guard let texts = shown.texts else { return lead }
    return lead + [""] + aligned.lines(texts, "stays   " + cut.duplicateOf, "cut     " + entry.id)
  }

  /// Returns two documents next to each other.
  func text(_ pair: ShownPair) -> String {
    let names = "\(pair.first.id) and \(pair.second.id)"
    var lines = wrapped("\(names): similarity \(Numbers.similarity(pair.similarity))")
      .map(terminal.bold)
    lines += counts(pair.texts) + [""]
    lines += aligned.lines(
      pair.texts, "\(pair.first.status.rawValue) \(pair.first.id)",
      "\(pair.second.status.rawValue) \(pair.second.id)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Returns a line for each member of a cluster, and the totals.
  func cluster(_ number: Int, _ members: [ManifestEntry]) -> String {
    var lines: [String] = []
    for member in members {
      let role = member.status == .drop ? member.similarity.map(Numbers.similarity) ?? "-" : "stays"
      lines += wrapped("\(role) \(member.id): \(member.title ?? "no title")")
    }
    let kept = members.count { $0.status != .drop }
    lines.append(
      "Cluster \(number): \(Numbers.count(members.count, "document")), "
        + "\(Numbers.grouped(kept)) \(kept == 1 ? "stays" : "stay")")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Returns a passage, with two occurrences next to each other and a list of all.
  func text(_ passage: ShownPassage) -> String {
    let entry = passage.entry
    let documents = entry.sharingCount
    var lines = wrapped(
      "Passage \(entry.passage): \(Numbers.count(entry.words, "word")), "
        + "\(Numbers.count(entry.bytes, "byte")), in \(Numbers.count(documents, "document")), "
        + "\(Numbers.bytes(entry.cutByteCount)) removed"
    ).map(terminal.bold)
    lines += wrapped(entry.title) + [""]
    if let texts = passage.texts {
      lines += aligned.lines(texts, entry.occurrences[0].id, entry.occurrences[1].id)
    } else if let text = passage.text {
      lines += aligned.lines(text, atMost: Self.lineLimit)
    }
    lines.append("")
    for place in entry.occurrences.prefix(Self.placeLimit) {
      lines += wrapped(
        "\(place.isKept ? "kept:" : "copy:") \(place.id), bytes \(place.start)-\(place.end), "
          + "line \(place.line), identity \(Numbers.similarity(place.identity))")
    }
    let rest = entry.occurrences.count - Self.placeLimit
    if rest > 0 { lines.append("and \(Numbers.grouped(rest)) more") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Returns documents that were taken at random, numbered, and how many there were to take.
  func sample(_ documents: [ShownDocument], of total: Int) -> String {
    let parts = documents.enumerated().map { index, document in
      text(document, number: "[\(index + 1)/\(documents.count)] ")
    }
    let lead = parts.isEmpty ? "" : parts.joined(separator: "\n") + "\n"
    return lead + "\(documents.count) of \(Numbers.count(total, "document")), taken at random.\n"
  }

  private func wrapped(_ sentence: String) -> [String] { sentence.wrapped(to: terminal) }
}
