internal import RepriseCore

/// Windows of the minimum length that documents share around crowded places.
///
/// Every run of the minimum length contains such a window, so this finds what ``FingerprintJoin`` does
/// not link.
package struct EqualWindows: Sendable {
  /// A window of a document.
  package struct Window: Sendable {
    fileprivate var hash: UInt64
    /// The document, by its rank in keep order.
    fileprivate var document: UInt32
    /// The window's first and last tokens; among ``EqualWindows`` in positions of the whole document.
    fileprivate var first: UInt32
    fileprivate var last: UInt32
    /// The number of tokens.
    fileprivate var count: UInt32
  }

  /// The windows that occur twice, in two documents unless repeats within one are cut; those that are
  /// equal one after another.
  private var windows: [Window] = []

  /// The memory that a window takes while it is compared, in bytes.
  package static let byteCountOfWindow = 2 * MemoryLayout<Window>.stride

  /// Creates an empty list.
  package init() {}

  /// Appends the windows of a document that contain grams at some positions.
  ///
  /// - Parameters:
  ///   - text: what is left of the document.
  ///   - places: the positions of the grams.
  ///   - rules: the minimum length.
  ///   - slice: the windows to append, by their hashes.
  ///   - windows: the list.
  /// - Complexity: O(tokens).
  package static func append(
    of text: PassageText, _ places: CrowdedPlaces.Document, rules: PassageRules,
    in slice: FingerprintSlice, to windows: inout [Window]
  ) {
    let (document, positions) = (places.document, places.positions)
    // The hash of a window is the difference of two sums: that of all tokens before its end, and that
    // before its start times a power of the factor.
    let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
    let minimumWeight = 2 * rules.minimumWords
    var sums: [UInt64] = [0]
    var powers: [UInt64] = [1]
    sums.reserveCapacity(text.count + 1)
    powers.reserveCapacity(text.count + 1)
    for token in text.tokens {
      sums.append(sums[sums.count - 1] &* factor &+ token)
      powers.append(powers[powers.count - 1] &* factor)
    }
    var (end, next) = (0, 0)
    for start in text.tokens.indices {
      end = max(end, start)
      while end < text.count, text.weights.weight(start..<end) < minimumWeight { end += 1 }
      guard text.weights.weight(start..<end) >= minimumWeight else { return }
      while next < positions.count, positions[next] < start { next += 1 }
      guard next < positions.count, positions[next] < end else { continue }
      var hash = sums[end] &- sums[start] &* powers[end - start]
      hash = (hash ^ hash >> 32) &* 0xE703_7ED1_A0B4_28DB
      hash ^= hash >> 29
      if slice.contains(hash) {
        windows.append(
          Window(
            hash: hash, document: document, first: UInt32(start), last: UInt32(end - 1),
            count: UInt32(end - start)))
      }
    }
  }

  /// Adds the windows of a list that occur twice, in two documents unless repeats within one are cut.
  ///
  /// - Parameters:
  ///   - found: windows in positions of what is left of their documents; all with equal hashes.
  ///   - corpus: what is left of the documents.
  /// - Complexity: O(n log n) for n windows.
  package mutating func add(_ found: [Window], of corpus: CutCorpus) {
    let repeated = RepeatedHashes(found.lazy.map(\.hash))
    let sorted = found.filter { repeated.mayOccurTwice($0.hash) }.sorted {
      ($0.hash, $0.document, $0.first) < ($1.hash, $1.document, $1.first)
    }
    var rest = sorted[...]
    while let first = rest.first {
      let equal = rest.prefix { $0.hash == first.hash }
      rest = rest.dropFirst(equal.count)
      let isRepeated = corpus.findsRepeats && equal.count > 1
      guard isRepeated || equal[equal.endIndex - 1].document != first.document else { continue }
      for var window in equal {
        window.first = UInt32(corpus.token(at: Int(window.first), of: window.document))
        window.last = UInt32(corpus.token(at: Int(window.last), of: window.document))
        windows.append(window)
      }
    }
  }

  /// The memory that the windows take, in bytes.
  package var byteCount: Int { MemoryLayout<Window>.stride * windows.count }

  /// Links each window with the first one that is left and equal to it: in a different document, or
  /// elsewhere in the same one if repeats within a document are cut.
  ///
  /// - Parameters:
  ///   - corpus: what is left of the documents.
  ///   - isLeft: whether a document is not dropped.
  /// - Returns: links in positions of what is left, one for each sequence of windows.
  /// - Complexity: O(n log n) for n windows.
  package func links(in corpus: CutCorpus, isLeft: (UInt32) -> Bool) -> [PassageLink] {
    var links: [PassageLink] = []
    var rest = windows[...]
    while let hash = rest.first?.hash {
      var first: FingerprintPosting?
      while let window = rest.first, window.hash == hash {
        rest = rest.dropFirst()
        guard isLeft(window.document),
          let position = window.position(in: corpus)
        else { continue }
        let posting = FingerprintPosting(
          document: window.document, position: UInt32(position), context: 0)
        guard let kept = first else {
          first = posting
          continue
        }
        let isElsewhere =
          kept.document != posting.document
          || corpus.findsRepeats && kept.position + window.count <= posting.position
        if isElsewhere { links.append(PassageLink(kept, posting, isOnly: true)) }
      }
    }
    links.sort { $0.precedes($1) }
    var last: PassageLink?
    return links.filter { link in
      defer { last = link }
      return last?.isContinued(by: link) != true
    }
  }
}

extension EqualWindows.Window {
  /// The position in what is left of the document; nil if a part is cut.
  fileprivate func position(in corpus: CutCorpus) -> Int? {
    guard let start = corpus.position(ofToken: Int(first), of: document),
      corpus.position(ofToken: Int(last), of: document) == start + Int(count) - 1
    else { return nil }
    return start
  }
}

extension PassageLink {
  /// Orders links by documents, shift and position.
  fileprivate func precedes(_ other: PassageLink) -> Bool {
    (first, second, shift, firstPosition)
      < (other.first, other.second, other.shift, other.firstPosition)
  }

  fileprivate func isContinued(by next: PassageLink) -> Bool {
    (first, second, shift) == (next.first, next.second, next.shift)
      && next.firstPosition - firstPosition <= 1
  }
}
