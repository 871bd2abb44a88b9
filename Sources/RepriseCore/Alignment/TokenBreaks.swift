/// The positions in a document at which a cut may begin or end.
///
/// A position is the index of the token after it; the number of tokens is the end of the document.
package struct TokenBreaks: Sendable {
  /// The number of tokens.
  package let tokenCount: Int
  /// The weights of the tokens.
  package let weights: TokenWeights
  /// The positions between sentences, or at an end of the document, ascending.
  private let sentences: [UInt32]
  /// The positions between lines, or at an end of the document, ascending.
  private let lines: [UInt32]
  /// A bit for each token that no white space separates from the one before.
  private let joined: [UInt64]

  /// The maximum number of words between an end of a run and a sentence end within the run.
  ///
  /// Where there is none, a cut ends between words. Runs of the minimum length or more are never
  /// left over in this way, because a second scan would find them.
  static func sentenceLimit(_ rules: PassageRules) -> Int { min(60, rules.minimumWords - 1) }

  /// Finds the positions of a text.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - tokens: its tokens, with their source ranges.
  /// - Complexity: O(bytes).
  package init(_ text: RawSpan, _ tokens: borrowing TokenizedText) {
    tokenCount = tokens.count
    let weights = TokenWeights(tokens)
    var found = Positions(tokenCount: tokens.count)
    let sentenceEnds = SentenceEnds(text).boundaries
    unsafe text.withUnsafeBytes { unsafe found.read($0, tokens, weights, sentenceEnds) }
    (sentences, lines, joined) = (found.sentences, found.lines, found.joined)
    self.weights = weights
  }

  /// The positions while they are found.
  private struct Positions {
    var sentences: [UInt32] = [0]
    var lines: [UInt32] = [0]
    var joined: [UInt64]

    init(tokenCount: Int) { joined = Array(repeating: 0, count: tokenCount / 64 + 1) }

    mutating func read(
      _ text: UnsafeRawBufferPointer, _ tokens: borrowing TokenizedText, _ weights: TokenWeights,
      _ boundaries: [SentenceEnds.Boundary]
    ) {
      var (end, next) = (0, 0)
      for index in 0..<tokens.count {
        let range = tokens.sourceRange(ofToken: index)
        let before = end..<max(end, range.lowerBound)
        end = range.upperBound
        let hasBoundary = next < boundaries.count && boundaries[next].offset <= before.upperBound
        // Most tokens follow a space within a sentence. In bounds: tokens lie in the text.
        if !hasBoundary && !before.isEmpty, unsafe text[before.lowerBound] == 0x20 { continue }
        var (endsSentence, endsLine) = (false, false)
        while next < boundaries.count, boundaries[next].offset <= before.upperBound {
          // A boundary within a token does not occur between tokens.
          if boundaries[next].offset >= before.lowerBound {
            endsSentence = true
            endsLine = endsLine || boundaries[next].isLineEnd
          }
          next += 1
        }
        guard index > 0 else { continue }
        // Scripts without spaces have a token for each grapheme, and none is joined to another.
        let hasGrapheme =
          weights.weight(index - 1..<index + 1) < 4
          && (!tokens.rules.countsSymbols || tokens.isGrapheme(index - 1)
            || tokens.isGrapheme(index))
        if unsafe !hasGrapheme && !WhiteSpace.isContained(in: text, before) {
          joined[index / 64] |= 1 << UInt64(index % 64)
        } else if endsSentence {
          sentences.append(UInt32(index))
          if endsLine { lines.append(UInt32(index)) }
        }
      }
      guard tokens.count > 0 else { return }
      sentences.append(UInt32(tokens.count))
      lines.append(UInt32(tokens.count))
    }
  }

  /// The memory that the positions take, in bytes.
  package var byteCount: Int {
    4 * (sentences.count + lines.count) + 8 * joined.count + weights.byteCount + 128
  }

  /// The part of a range that begins and ends where a cut may.
  ///
  /// - Parameters:
  ///   - range: tokens of the document.
  ///   - rules: the minimum length of a passage, and where cuts may end.
  ///   - isCut: whether the token before or after the range is cut, so that the range may begin or
  ///     end there.
  /// - Returns: the longest such part, or nil if nothing is left.
  /// - Complexity: O(log n + tokens between the ends of the range and those of the part).
  package func part(
    of range: Range<Int>, _ rules: PassageRules, isCut: (before: Bool, after: Bool)
  ) -> Range<Int>? {
    let start = isCut.before ? range.lowerBound : self.start(of: range, rules)
    guard let start, start < range.upperBound else { return nil }
    let end = isCut.after ? range.upperBound : self.end(of: start..<range.upperBound, rules)
    return end.flatMap { $0 > start ? start..<$0 : nil }
  }

  private func start(of range: Range<Int>, _ rules: PassageRules) -> Int? {
    switch rules.cuts.ends {
    case .lines: return first(in: lines, from: range.lowerBound)
    case .sentences:
      let start = first(in: sentences, from: range.lowerBound) ?? tokenCount
      let skipped = range.lowerBound..<min(start, range.upperBound)
      if weights.words(skipped) <= Self.sentenceLimit(rules) { return start }
    case .words: break
    }
    return range.first { !isJoined($0) }
  }

  private func end(of range: Range<Int>, _ rules: PassageRules) -> Int? {
    switch rules.cuts.ends {
    case .lines: return last(in: lines, upTo: range.upperBound)
    case .sentences:
      let end = last(in: sentences, upTo: range.upperBound) ?? 0
      let skipped = max(end, range.lowerBound)..<range.upperBound
      if weights.words(skipped) <= Self.sentenceLimit(rules) { return end }
    case .words: break
    }
    return (range.lowerBound + 1..<range.upperBound + 1).last { !isJoined($0) }
  }

  /// The positions at which sentences or lines end.
  func positions(_ rules: PassageRules) -> [UInt32] {
    rules.cuts.ends == .lines ? lines : sentences
  }

  func first(in positions: [UInt32], from token: Int) -> Int? {
    let index = positions.partitionPoint { $0 >= token }
    return index < positions.count ? Int(positions[index]) : nil
  }

  func last(in positions: [UInt32], upTo token: Int) -> Int? {
    let index = positions.partitionPoint { $0 > token }
    return index > 0 ? Int(positions[index - 1]) : nil
  }

  /// Whether a position is inside an unspaced token, such as `4,403` or `CLOCK_REALTIME`.
  func isJoined(_ position: Int) -> Bool {
    position < tokenCount && joined[position / 64] >> UInt64(position % 64) & 1 != 0
  }
}
