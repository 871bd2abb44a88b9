/// Limits the number of times that passages of one pair of documents are extended over the same
/// span.
///
/// In a text that repeats itself with small changes, every copy forms a passage with every other
/// copy, and each of these could be extended over the whole text.
struct ExtensionLimit {
  private var counts: [Int: Int] = [:]
  /// The tokens of the second document over which extension was refused.
  private(set) var refused = TokenRanges()

  /// The number of tokens in a page.
  ///
  /// Extensions are counted for each page.
  private static let pageSize = 64
  /// The maximum number of extensions over one page.
  ///
  /// Most texts need at most one. Words that occur 8 times, which are all linked with each other,
  /// need seven. Where a grapheme is a token, grams are shorter and recur more often: editions of
  /// Japanese novels need more than 32.
  private let most: Int

  init(_ text: PassageText) { most = text.weights.hasHalves ? 64 : 32 }

  /// Counts an extension over tokens of the second document; returns false if their page has too
  /// many.
  mutating func allows(_ tokens: Range<Int>) -> Bool {
    let page = tokens.lowerBound / Self.pageSize
    guard counts[page, default: 0] < most else {
      refused.insert(tokens)
      return false
    }
    counts[page, default: 0] += 1
    return true
  }
}
