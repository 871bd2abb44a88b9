/// Decides which findings a baseline accepts.
///
/// Each entry accepts one finding. Not thread-safe.
struct BaselineMatching {
  private let entries: [CheckBaseline.Entry]
  private var isUsed: [Bool]
  private let files: Set<String>

  /// The number of the smallest ids of two sketches together that are compared.
  private static let sketchSize = 16

  /// - Parameters:
  ///   - baseline: the accepted findings.
  ///   - files: the files that exist.
  init(_ baseline: CheckBaseline, files: Set<String>) {
    entries = baseline.entries
    isUsed = Array(repeating: false, count: entries.count)
    self.files = files
  }

  /// The entries that accepted nothing.
  var unused: [CheckBaseline.Entry] {
    zip(entries, isUsed).filter { !$0.1 }.map(\.0)
  }

  /// Returns the entry with the most similar text, if it has the same text; no later finding gets it.
  ///
  /// - Complexity: O(entries).
  mutating func entry(for finding: CheckFinding) -> CheckBaseline.Entry? {
    var best: (common: Double, index: Int)?
    for (index, entry) in entries.enumerated()
    where !isUsed[index] && entry.rule == finding.rule {
      let common = Self.similarity(entry.sketch, finding.sketch)
      if common >= 0.5, common > best?.common ?? 0 { best = (common, index) }
    }
    guard let best else { return nil }
    isUsed[best.index] = true
    return entries[best.index]
  }

  /// The copies of a finding.
  struct Copies {
    /// Those that are not accepted.
    var new: [CheckReport]
    /// Those that are, with the reason that the entry gives.
    var accepted: [CheckReport] = []
  }

  /// Returns the copies of a finding.
  mutating func copies(of finding: CheckFinding) -> Copies {
    guard let entry = entry(for: finding) else {
      return Copies(new: Self.reports(finding, finding.places.indices.dropFirst()))
    }
    let new = newCopies(of: finding, entry)
    // What the new copies repeat is not a copy itself.
    let kept = new.first?.kept ?? finding.places[0]
    let told = Set(new.map(\.copy))
    let accepted = finding.places.filter { $0 != kept && !told.contains($0) }.map {
      CheckReport(finding: finding, copy: $0, kept: kept, reason: entry.reason)
    }
    return Copies(new: new, accepted: accepted)
  }

  private func newCopies(of finding: CheckFinding, _ entry: CheckBaseline.Entry) -> [CheckReport] {
    var accepted: [String: Int] = [:]
    for file in entry.places { accepted[file, default: 0] += 1 }
    // A place in a file that is gone pays for one in a new file: the file was renamed.
    let vanished = entry.places.count { !files.contains($0) }
    let isLonger = Double(finding.words) > 1.25 * Double(entry.words) + 5
    let new = finding.places.indices.filter { index in
      let left = accepted[finding.places[index].file, default: 0]
      if left > 0 { accepted[finding.places[index].file] = left - 1 }
      return left == 0
    }
    if new.count <= vanished && !isLonger { return [] }
    return Self.reports(finding, new.isEmpty ? Array(finding.places.indices.dropFirst()) : new)
  }

  /// The reports of these places; the first other place is what they repeat.
  private static func reports(
    _ finding: CheckFinding, _ copies: some Collection<Int>
  ) -> [CheckReport] {
    let kept = finding.places.indices.first { !copies.contains($0) } ?? 0
    return copies.filter { $0 != kept }.map {
      CheckReport(
        finding: finding, copy: finding.places[$0], kept: finding.places[kept])
    }
  }

  /// Estimates the Jaccard similarity of two texts: the share of the smallest ids of both together
  /// that both have.
  private static func similarity(_ first: [UInt64], _ second: [UInt64]) -> Double {
    let (one, other) = (Set(first), Set(second))
    let smallest = one.union(other).sorted().prefix(sketchSize)
    guard !smallest.isEmpty else { return 0 }
    return Double(smallest.count { one.contains($0) && other.contains($0) })
      / Double(smallest.count)
  }
}
