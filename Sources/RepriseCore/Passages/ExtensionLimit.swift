/// How often passages of one pair of documents may be extended over the same place.
///
/// In a text that repeats itself, with small changes, every copy is a passage with every other one,
/// and each of them could be extended over all of the text.
struct ExtensionLimit {
  private var counts: [Int: Int] = [:]
  /// What was not extended over: tokens of the second document.
  private(set) var refused = TokenRanges()

  /// Tokens that are one place.
  private static let pageSize = 64
  /// Extensions over one place.
  ///
  /// Most texts have none or one; words that stand in 8 places, which are linked each with each, have
  /// seven.
  private static let most = 32

  /// Counts an extension over tokens of the second document; false if their place has too many.
  mutating func allows(_ tokens: Range<Int>) -> Bool {
    let page = tokens.lowerBound / Self.pageSize
    guard counts[page, default: 0] < Self.most else {
      refused.insert(tokens)
      return false
    }
    counts[page, default: 0] += 1
    return true
  }
}
