/// What counts as a repeated passage.
public struct PassageRules: Hashable, Sendable {
  /// Words in a gram, the unit of which a fingerprint is the hash.
  public static let gramWords = 8
  /// The lengths that can be asked for, in words.
  public static let minimumWordCounts = 16...1_000_000

  /// The length from which on every shared run of words is found.
  ///
  /// A grapheme of a script written without spaces counts as half a word.
  public var minimumWords: Int
  /// How many documents may share a passage; one that more share is boilerplate.
  public var documentLimit: Int

  /// Creates rules; the defaults are those of the command.
  public init(minimumWords: Int = 50, documentLimit: Int = 1000) {
    precondition(Self.minimumWordCounts.contains(minimumWords) && documentLimit >= 2)
    self.minimumWords = minimumWords
    self.documentLimit = documentLimit
  }

  /// Grams in a window: those of a run of the minimum length.
  var window: Int { minimumWords - Self.gramWords + 1 }

  /// How far from a fingerprint the grams stand that must agree, on one side at least, if it lies in
  /// a shared run of the minimum length: that run goes on for as many words on one of the sides.
  var contextDistance: Int { max(1, (minimumWords - Self.gramWords + 1) / 2 - 1) }
}
