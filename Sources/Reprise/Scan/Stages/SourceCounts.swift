internal import RepriseEngine
internal import RepriseFormats
internal import Synchronization

/// The numbers of one input's documents by decision, and the sizes of their texts.
struct SourceCounts: Sendable {
  /// The decisions in the order in which they are written.
  private enum Decision: Int, CaseIterable {
    case total
    case keep
    case dropExact
    case dropWords
    case dropNear
    case dropContained
    case dropPassage
    case dropRemnant
    case trim
    case empty
    case unreadable

    var key: String {
      switch self {
      case .dropExact: "drop_exact"
      case .dropWords: "drop_words"
      case .dropNear: "drop_near"
      case .dropContained: "drop_contained"
      case .dropPassage: "drop_passage"
      case .dropRemnant: "drop_remnant"
      default: "\(self)"
      }
    }

    init(_ status: ManifestEntry.Status, _ reason: ManifestEntry.Reason?) {
      switch (status, reason) {
      case (.drop, .some(.exact)): self = .dropExact
      case (.drop, .some(.words)): self = .dropWords
      case (.drop, .some(.contained)): self = .dropContained
      case (.drop, .some(.passage)): self = .dropPassage
      case (.drop, .some(.remnant)): self = .dropRemnant
      case (.drop, _): self = .dropNear
      case (.trim, _): self = .trim
      case (.empty, _): self = .empty
      case (.unreadable, _): self = .unreadable
      case (.keep, _): self = .keep
      }
    }
  }

  // Compact, because there can be millions of inputs.
  private var counts = SIMD16<UInt32>()
  private var words = 0
  private var byteCount = 0
  private var removedByteCount = 0

  mutating func add(_ line: borrowing ManifestLine, _ document: DocumentDescriptor) {
    counts[Decision.total.rawValue] += 1
    counts[Decision(line.status, line.reason).rawValue] += 1
    words += line.words
    byteCount += Int(document.textByteCount)
    switch line.status {
    case .drop: removedByteCount += Int(document.textByteCount)
    case .trim: removedByteCount += line.cuts.reduce(0) { $0 + $1.end - $1.start }
    default: break
    }
  }

  mutating func add(_ other: SourceCounts) {
    counts &+= other.counts
    words += other.words
    byteCount += other.byteCount
    removedByteCount += other.removedByteCount
  }

  /// The JSON form, without the decisions that no document has.
  var tree: JSONTree {
    var fields = Decision.allCases.compactMap { decision -> JSONTree.Field? in
      let count = Int(counts[decision.rawValue])
      return decision == .total || count > 0 ? .init(decision.key, .integer(count)) : nil
    }
    fields.append(.init("words", .integer(words)))
    fields.append(.init("text_bytes", .integer(byteCount)))
    fields.append(.init("removed_bytes", .integer(removedByteCount)))
    return .object(fields)
  }
}

/// The counts of all inputs, to which several threads add.
final class SourceTally: Sendable {
  private let counts: Mutex<[SourceCounts]>

  init(inputCount: Int) {
    counts = Mutex(Array(repeating: SourceCounts(), count: inputCount))
  }

  /// Adds what was counted of some inputs.
  func add(_ counted: [Int: SourceCounts]) {
    counts.withLock { counts in
      for (input, one) in counted { counts[input].add(one) }
    }
  }

  /// The JSON forms, in the order of the inputs.
  var trees: [JSONTree] { counts.withLock { $0.map(\.tree) } }
}
