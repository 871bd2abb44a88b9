internal import Reprise

/// A scan's summary as text.
struct ScanReport {
  let summary: ScanSummary
  let terminal: Terminal
  private let details: ScanDetails?

  /// Creates a report, with details if any are given.
  init(_ summary: ScanSummary, terminal: Terminal, details: ScanDetails? = nil) {
    self.summary = summary
    self.terminal = terminal
    self.details = details
  }

  /// Returns the whole report, with empty lines between its parts.
  func text() -> String {
    var parts = [[headline, summary.leftOut.line].compactMap(\.self).joined(separator: "\n")]
    if summary.documents.total > 0 { parts.append(documentTable) }
    parts.append(contentsOf: [clusters, passages, problems, survivorLimit].compactMap { $0 })
    if let details {
      parts.append(contentsOf: [details.bandTable, details.verification, details.stageTable])
    }
    parts.append(whereNext)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var headline: String {
    let seconds = summary.stages.reduce(0) { $0 + $1.seconds }
    let documents = Numbers.count(summary.documents.total, "document")
    var text = "Scanned \(terminal.bold(documents)), \(Numbers.bytes(summary.bytes.total)) of text"
    text += ", in \(Numbers.count(summary.inputCount, "file"))"
    if seconds > 0 {
      let rate = Numbers.rate(Double(summary.bytes.total) / seconds)
      text += ": \(Numbers.duration(seconds)), \(rate)"
    }
    text += "."
    if let preset = summary.preset {
      text += "\nPreset \(preset.rawValue): \(preset.arguments.joined(separator: " "))."
    }
    guard summary.referenceCount > 0 else { return text }
    let references = Numbers.count(summary.referenceCount, "reference document")
    let stay = summary.referenceCount == 1 ? "stays as it is" : "stay as they are"
    return text + "\nCompared with \(references), which \(stay)."
  }

  private var documentTable: String {
    let (documents, bytes) = (summary.documents, summary.bytes)
    var table = TextTable(columns: [.left, .right, .right, .right, .right])
    table.append(["", "documents", "", "text", ""])
    func row(_ name: String, _ count: Int, _ byteCount: Int) {
      table.append([
        name, Numbers.grouped(count), Numbers.percent(count, of: documents.total),
        Numbers.bytes(byteCount), Numbers.percent(byteCount, of: bytes.total),
      ])
    }
    row("exact duplicates", documents.exactDuplicates, bytes.exactDuplicates)
    if documents.wordDuplicates > 0 {
      row("same words", documents.wordDuplicates, bytes.wordDuplicates)
    }
    row("near-duplicates", documents.nearDuplicates, bytes.nearDuplicates)
    if documents.contained > 0 { row("contained", documents.contained, bytes.contained) }
    if documents.remnants > 0 { row("too little left", documents.remnants, bytes.remnants) }
    if documents.passageDuplicates > 0 || documents.trimmed > 0 {
      row("repeated passages", documents.passageDuplicates, bytes.passages)
    }
    row("to remove", documents.removed, bytes.removed)
    row("remaining", documents.total - documents.removed, bytes.total - bytes.removed)
    // These documents are not removed; the row above includes them.
    let parts = [
      ("to trim", documents.trimmed), ("empty", documents.empty),
      ("unreadable", documents.unreadable),
    ]
    for (name, count) in parts where count > 0 {
      table.append(["  \(name)", Numbers.grouped(count)])
    }
    return table.text()
  }

  private var clusters: String? {
    guard summary.clusterCount > 0 else { return nil }
    let (count, shown) = (summary.clusterCount, summary.largestClusters.count)
    var lines = [Numbers.count(count, "cluster") + " of duplicate documents"]
    lines[0] += count > shown ? ", the largest:" : ":"
    let sizes = summary.largestClusters.map { Numbers.count($0.memberCount, "document") }
    let sizeWidth = sizes.map(\.columnCount).max() ?? 0
    for (cluster, size) in zip(summary.largestClusters, sizes) {
      let title = SafeText.line(cluster.title)
      let name = title.isEmpty ? SafeText.line(cluster.id) : title
      let room = max(20, terminal.width - sizeWidth - 5)
      lines.append("  \(size.aligned(right: sizeWidth))  \(name.fitted(to: room))")
    }
    return lines.joined(separator: "\n")
  }

  private var problems: String? {
    guard summary.problemCount > 0 else { return nil }
    var lines = [
      "\(Numbers.count(summary.problemCount, "problem")), listed in \(path("problems.jsonl")):"
    ]
    for (name, count) in summary.sortedProblems {
      lines.append("  \(SafeText.line(name))  \(Numbers.grouped(count))")
      guard let first = summary.firstProblems[name] else { continue }
      lines.append("    first: " + SafeText.line(place(of: first) + first.message))
    }
    var text = lines.joined(separator: "\n")
    if summary.problems["missing-text"] != nil {
      text += "\nIf the text is in another field, name it with --text-field."
    }
    return text
  }

  private func place(of problem: Problem) -> String {
    // Some messages already name the file.
    if problem.message.hasPrefix("\"") { return "" }
    let line = problem.line.map { ", line \($0)" } ?? ""
    return "\(problem.source)\(line): "
  }

  private var survivorLimit: String? {
    let hits = summary.survivorLimitHits
    guard hits > 0 else { return nil }
    return """
      The limit on comparisons within a bucket was reached \(Numbers.count(hits, "time")):
      some near-duplicates may have been kept. To find more, raise --threshold or --slots.
      """
  }

  private var whereNext: String {
    let results = SafeText.line(summary.output.text)
    guard summary.documents.hasTextToRemove else {
      return "Nothing to remove. The results are in \(results)."
    }
    guard summary.canBeCleaned else { return "The results are in \(results)." }
    let folder = SafeText.line(shellQuoted(summary.output))
    return """
      The results are in \(results). To look at some of them:
        \(terminal.bold("reprise show \(folder) --random 5"))
      To see all of them in a browser:
        \(terminal.bold("reprise report \(folder)"))
      To write the corpus without the duplicates:
        \(terminal.bold("reprise clean \(folder) --output cleaned"))
      """
  }

  private func path(_ name: String) -> String {
    SafeText.line(summary.output.appending(BytePath(name)).text)
  }
}
