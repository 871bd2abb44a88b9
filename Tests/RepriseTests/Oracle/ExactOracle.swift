import Foundation
import Reprise

/// A document as another reader than the library's sees it.
struct OracleDocument {
  var id: String
  /// Nil for one that cannot be read.
  var text: [UInt8]?

  /// The records of a JSON Lines file with the fields `id` and `text`, all of them good.
  static func records(_ file: URL, _ compression: Compression) throws -> [OracleDocument] {
    struct Source: Decodable {
      var id: String
      var text: String
    }
    let decoder = JSONDecoder()
    return try Data(unpacked(file, compression)).split(separator: 0x0A).map { line in
      let source = try decoder.decode(Source.self, from: line)
      return OracleDocument(id: source.id, text: Array(source.text.utf8))
    }
  }
}

/// All pairs of a corpus by brute force: what a scan has to find, with neither signatures nor bands
/// nor any limit.
///
/// Only the tokens and shingle ids are those of the library; the JSON reader, the sets and the
/// counting are not.
struct ExactOracle {
  /// Two documents, the earlier one first.
  struct Pair: Hashable {
    var first: Int
    var second: Int

    init(_ one: Int, _ other: Int) {
      first = min(one, other)
      second = max(one, other)
    }
  }

  let ids: [String]
  /// What each document is, nil for one that cannot be read.
  private let identities: [ContentHash?]
  /// The similarities of all pairs that reach the threshold.
  let similarities: [Pair: Double]

  init(_ documents: [OracleDocument], shingleLength: Int = 5, threshold: Double = 0.8) {
    var text = TokenizedText()
    var shingles = ShingleIDs(length: shingleLength)
    var identities: [ContentHash?] = []
    var index = ShingleIndex()
    for document in documents {
      let bytes = document.text ?? []
      unsafe text.read(bytes.span.bytes)
      shingles.read(text)
      let identity = unsafe ContentHash(of: text, source: bytes.span.bytes)
      identities.append(document.text == nil ? nil : identity)
      index.append(shingles.span)
    }
    ids = documents.map(\.id)
    self.identities = identities
    similarities = index.pairs(atLeast: threshold)
  }

  /// Why a scan's verdicts are wrong, by the place of the document; nothing if they are right.
  func objections(to outcome: ScanOutcome) -> [Int: String] {
    let places = outcome.places
    var result: [Int: String] = [:]
    for (place, line) in outcome.manifest.enumerated() {
      result[place] = objection(to: line, at: place, places, outcome.manifest)
        .map { "\(line.id): \($0)" }
    }
    return result
  }

  private func objection(
    to line: ScanOutcome.Line, at place: Int, _ places: [String: Int],
    _ manifest: [ScanOutcome.Line]
  ) -> String? {
    guard line.status == "drop" else {
      let hasReason = line.reason != nil
      let isPlain =
        line.duplicateOf == nil && line.similarity == nil
        && hasReason == (line.status == "unreadable")
      return isPlain && line.status == expectedStatus(place) ? nil : "status \(line.status)"
    }
    guard let survivor = line.duplicateOf.flatMap({ places[$0] }) else {
      return "its survivor is not there"
    }
    return objection(toDrop: place, for: survivor, manifest)
  }

  private func expectedStatus(_ document: Int) -> String {
    guard let identity = identities[document] else { return "unreadable" }
    return identity.tokenCount == 0 ? "empty" : "keep"
  }

  private func objection(
    toDrop document: Int, for survivor: Int, _ manifest: [ScanOutcome.Line]
  ) -> String? {
    let line = manifest[document]
    let isEqual = identities[document] != nil && identities[document] == identities[survivor]
    let similarity = isEqual ? 1 : similarities[Pair(document, survivor)]
    guard manifest[survivor].status == expectedStatus(survivor) else {
      return "its survivor is not kept"
    }
    guard let similarity else { return "not similar to \(ids[survivor])" }
    guard line.similarity == similarity else {
      return "similarity \(line.similarity ?? -1) is \(similarity)"
    }
    let reasons = isEqual ? ["exact", "words"] : ["near"]
    guard line.reason.map(reasons.contains) == true else {
      return "not \(line.reason ?? "for no reason")"
    }
    return line.cluster != nil && line.cluster == manifest[survivor].cluster
      ? nil : "not in its survivor's cluster"
  }
}

/// Which documents hold a shingle.
struct ShingleIndex {
  private var numbers: [UInt64: Int32] = [:]
  /// The last document that holds each shingle.
  private var lastHolders: [Int32] = []
  /// Distinct shingles, by their numbers, document by document.
  private var sets: [[Int32]] = []

  /// Adds the next document.
  mutating func append(_ ids: Span<UInt64>) {
    let document = Int32(sets.count)
    var set: [Int32] = []
    for place in ids.indices {
      let next = Int32(lastHolders.count)
      let number = numbers[ids[place]] ?? next
      if number == next {
        numbers[ids[place]] = number
        lastHolders.append(-1)
      }
      guard lastHolders[Int(number)] != document else { continue }
      lastHolders[Int(number)] = document
      set.append(number)
    }
    sets.append(set)
  }

  /// The Jaccard similarity of every pair that reaches the threshold.
  func pairs(atLeast threshold: Double) -> [ExactOracle.Pair: Double] {
    var holders = [[Int32]](repeating: [], count: lastHolders.count)
    var shared = [Int](repeating: 0, count: sets.count)
    var result: [ExactOracle.Pair: Double] = [:]
    for (document, set) in sets.enumerated() {
      var touched: [Int] = []
      for number in set {
        for earlier in holders[Int(number)] {
          if shared[Int(earlier)] == 0 { touched.append(Int(earlier)) }
          shared[Int(earlier)] += 1
        }
        holders[Int(number)].append(Int32(document))
      }
      for earlier in touched {
        let union = set.count + sets[earlier].count - shared[earlier]
        let jaccard = Double(shared[earlier]) / Double(union)
        if jaccard >= threshold { result[ExactOracle.Pair(earlier, document)] = jaccard }
        shared[earlier] = 0
      }
    }
    return result
  }
}
