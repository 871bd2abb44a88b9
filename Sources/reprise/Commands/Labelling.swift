internal import Reprise
internal import RepriseSystem

/// Shows near-duplicates one after another, and appends what a person says to a file.
struct Labelling {
  /// The results.
  let show: Show
  /// The number of near-duplicates to take at random.
  let count: Int
  /// Another seed takes others.
  let seed: UInt64
  /// The file of labels; what it has is not asked again.
  let path: BytePath
  /// Whether as many are taken of each fifth of the similarities.
  let isBySimilarity: Bool

  /// What was judged.
  struct Outcome {
    /// All judgements in the file.
    let judgements: [Judgement]
    /// The judgements by similarity; nil if they are of one sample.
    let strata: JudgementStrata?
  }

  /// Asks until all are judged, `q`, or the end of the input.
  ///
  /// - Returns: all judgements in the file.
  /// - Throws: an error of the results or of the file.
  func run() throws -> Outcome {
    guard isBySimilarity else {
      try judge(try show.sample(count, reason: .near, seed: seed).documents)
      return Outcome(judgements: try Judgement.read(path), strata: nil)
    }
    let sample = try show.sampleBySimilarity(count, seed: seed)
    try judge(sample.documents)
    let judgements = try Judgement.read(path)
    return Outcome(
      judgements: judgements,
      strata: JudgementStrata(judgements, threshold: sample.threshold, totals: sample.totals))
  }

  private func judge(_ documents: [ShownDocument]) throws {
    let old = CheckFiles.exists(path) ? try Judgement.read(path) : []
    let judged = Set(old.map(\.second))
    let open = documents.filter { !judged.contains(judgement($0).second) }
    // An audit can read the file even if nothing is judged.
    try append("")
    let report = ShowReport(Terminal(descriptor: 1), isFull: false, isStacked: false)
    let keys = Keys()
    var at = 0
    while at < open.count {
      let number = documents.count - open.count + at + 1
      try StandardOutput.write(
        report.text(open[at], number: "[\(number)/\(documents.count)] ")
          + "\n[s]ame  [d]ifferent  [u]nsure  [b]ack  [q]uit\n\n")
      guard let label = keys.next(canGoBack: at > 0) else { break }
      switch label {
      case .back:
        at -= 1
        try append(judgement(open[at]).line + "\n")
      case .label(let label):
        var judgement = judgement(open[at])
        judgement.label = label
        try append(judgement.line + "\n")
        at += 1
      }
    }
  }

  private func append(_ text: String) throws {
    try CheckFiles.append(text, to: path.text)
  }

  private func judgement(_ document: ShownDocument) -> Judgement {
    let entry = document.entry
    return Judgement(
      first: .init(
        id: entry.duplicateOf ?? "", source: entry.duplicateSource ?? "",
        offset: entry.duplicateOffset ?? 0),
      second: .init(id: entry.id, source: entry.source, offset: entry.offset),
      similarity: entry.similarity ?? 0, label: nil, kind: isBySimilarity ? .bySimilarity : .random)
  }
}

/// The keys of standard input, one at a time on a terminal.
private final class Keys {
  enum Answer {
    case label(Judgement.Label)
    case back
  }

  private var saved = termios()
  private let isTerminal: Bool

  init() {
    isTerminal = unsafe tcgetattr(0, &saved) == 0
    guard isTerminal else { return }
    // Keys come without Enter and are not shown; Ctrl-C stops as before.
    var raw = saved
    raw.c_lflag &= ~UInt32(ICANON | ECHO)
    unsafe tcsetattr(0, TCSANOW, &raw)
  }

  deinit {
    if isTerminal { unsafe tcsetattr(0, TCSANOW, &saved) }
  }

  /// Returns the next answer, or nil for `q` and the end of the input.
  ///
  /// Other keys are ignored.
  func next(canGoBack: Bool) -> Answer? {
    var byte: UInt8 = 0
    while true {
      let count = unsafe read(0, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      guard count == 1 else { return nil }
      switch byte {
      case UInt8(ascii: "s"): return .label(.same)
      case UInt8(ascii: "d"): return .label(.different)
      case UInt8(ascii: "u"): return .label(.unsure)
      case UInt8(ascii: "b") where canGoBack: return .back
      case UInt8(ascii: "q"): return nil
      default: continue
      }
    }
  }
}
