internal import ArgumentParser
internal import Reprise

/// The arguments of `reprise show`, and the command itself.
struct ShowCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a scan found, with both texts side by side.",
    usage: """
      reprise show <results>
             reprise show <results> <id> ... [options]
             reprise show <results> --pair <id> <id> [options]
             reprise show <results> --cluster <number> | --passage <number>
             reprise show <results> --random <count> [--reason <reason>]
      """,
    discussion: """
      Without an id, lists the passages in most documents, the largest clusters,
      which file repeats which, and what other thresholds would drop. With an id,
      prints the decision on the document, next to the text that it repeats, with
      the differing words marked. A document is named by its id, or by SOURCE@OFFSET
      if ids repeat; an id that begins with a hyphen comes after --. The texts are
      read again from the files of the scan.

      EXAMPLES
        reprise scan seeds
        reprise show reprise-results
        reprise show reprise-results seeds/002_9725aa8402de1287.txt
        reprise show reprise-results --passage 0
        reprise show reprise-results --random 5
        reprise show reprise-results --passage 0 --json
      """)

  @Argument(help: "Results folder written by reprise scan.", completion: .directory)
  var results: BytePath

  @Argument(help: ArgumentHelp("Documents to show.", valueName: "id"))
  var ids: [String] = []

  @Flag(help: "Show any two documents next to each other.")
  var pair = false

  @Option(help: ArgumentHelp("List the members of this cluster.", valueName: "number"))
  var cluster: Int?

  @Option(help: ArgumentHelp("Show this passage.", valueName: "number"))
  var passage: Int?

  @Option(
    help: ArgumentHelp(
      "Show this many dropped or trimmed documents, taken at random.", valueName: "count"))
  var random: Int?

  @Option(
    help: ArgumentHelp(
      "With --random, take only documents with this reason: exact, words, near, contained, passage, remnant.",
      valueName: "reason"))
  var reason: ShownReason?

  @Option(
    name: .customLong("min-similarity"),
    help: ArgumentHelp(
      "With --random, take only documents that are at least so similar.", valueName: "number"))
  var minimumSimilarity = 0.0

  @Option(
    name: .customLong("max-similarity"),
    help: ArgumentHelp(
      "With --random, take only documents that are at most so similar.", valueName: "number"))
  var maximumSimilarity = 1.0

  @Option(help: ArgumentHelp("With --random, another number takes others.", valueName: "number"))
  var seed: UInt64 = 1

  @Flag(help: "Show all text, also where both texts are equal.")
  var full = false

  @Option(
    help: ArgumentHelp(
      "Columns of a line, at least 40. (default: the terminal's, else 80)", valueName: "columns"))
  var width: Int?

  @Flag(help: "Show the two texts one after the other, as in a terminal of fewer than 72 columns.")
  var stacked = false

  @Option(help: ArgumentHelp("Mark words by color (always), or in brackets.", valueName: "when"))
  var color = ColorChoice.auto

  @Option(name: .customLong("group-by"), help: GroupingArgument.optionHelp)
  var grouping = GroupingArgument()

  @Flag(
    help: "Read files that have changed since the scan, too; the first lines then say which.")
  var allowChanged = false

  @Flag(help: "Print one JSON object, with all words of the texts.")
  var json = false

  @Flag(help: "Print without the program that PAGER names. It is used on terminals only.")
  var noPager = false

  func validate() throws {
    if results.bytes.isEmpty { throw ValidationError("The name of the results folder is empty.") }
    let ways = [pair || !ids.isEmpty, cluster != nil, passage != nil, random != nil]
    guard ways.filter({ $0 }).count <= 1 else {
      throw ValidationError("Name documents, or give one of --cluster, --passage and --random.")
    }
    if json && (full || stacked || width != nil || color != .auto) {
      throw ValidationError("--json has all words, without columns and colors.")
    }
    if pair && ids.count != 2 { throw ValidationError("--pair needs two documents.") }
    if let random, random < 1 { throw ValidationError("--random is at least 1.") }
    if let width, !(40...1000).contains(width) {
      throw ValidationError("--width is from 40 to 1000.")
    }
    guard (0...1).contains(minimumSimilarity), (0...1).contains(maximumSimilarity),
      minimumSimilarity <= maximumSimilarity
    else {
      throw ValidationError("--min-similarity and --max-similarity are from 0 to 1, in this order.")
    }
    if random == nil, reason != nil || seed != 1 || minimumSimilarity > 0 || maximumSimilarity < 1 {
      throw ValidationError(
        "--reason, --min-similarity, --max-similarity and --seed need --random.")
    }
  }

  func execute() throws -> ExitStatus {
    do {
      try Pager.show(try report(), isUsed: !json && !noPager)
    } catch let error as RepriseError {
      throw CommandError.reading(error, by: "show")
    }
    return .done
  }

  private func report() throws -> String {
    let show = Show(results, allowsChanges: allowChanged)
    let text = try self.text(show)
    guard !json else { return text }
    let changed = show.changes.paths.map {
      "\(SafeText.line($0.text)) has changed since the scan: its texts can be others than were compared."
    }
    return changed.flatMap { $0.wrapped(to: terminal) }.map { $0 + "\n" }.joined() + text
  }

  private func text(_ show: Show) throws -> String {
    let report = ShowReport(terminal, isFull: full, isStacked: stacked)
    if ids.isEmpty && cluster == nil && passage == nil && random == nil {
      let overview = try show.overview(
        grouping: grouping.grouping, documentGrouping: grouping.documents)
      return json
        ? ShowJSON.text(overview) : OverviewReport(overview, results: results, terminal).text
    }
    if pair {
      let pair = try show.pair(ids[0], ids[1])
      return json ? ShowJSON.text(pair) : report.text(pair)
    }
    if let cluster {
      let members = try show.cluster(cluster)
      guard !members.isEmpty else {
        throw CommandError("the results have no cluster \(cluster).")
      }
      return json ? ShowJSON.text(cluster, members) : report.cluster(cluster, members)
    }
    if let passage {
      let shown = try show.passage(passage)
      return json ? ShowJSON.text(shown) : report.text(shown)
    }
    if let random {
      let sample = try show.sample(
        random, reason: reason.map { ManifestEntry.Reason(rawValue: $0.rawValue) },
        similarities: minimumSimilarity...maximumSimilarity, seed: seed)
      return json
        ? ShowJSON.text(sample.documents, of: sample.total)
        : report.sample(sample.documents, of: sample.total)
    }
    let documents = try show.documents(ids)
    return json
      ? ShowJSON.text(documents) : documents.map { report.text($0) }.joined(separator: "\n")
  }

  private var terminal: Terminal {
    var terminal = Terminal(descriptor: 1)
    if let width { terminal.width = width }
    if color != .auto { terminal.hasColor = color == .always }
    return terminal
  }
}
