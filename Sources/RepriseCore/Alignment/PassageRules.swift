/// The rules that define a repeated passage.
package struct PassageRules: Hashable, Sendable {
  /// The number of words in a gram; a fingerprint is the hash of one.
  package static let gramWords = 8
  /// The valid values of ``minimumWords``.
  package static let minimumWordCounts = 16...1_000_000

  /// The length of the shortest passage to find, in words.
  ///
  /// A grapheme of a script written without spaces counts as half a word.
  package var minimumWords: Int
  /// The valid values of ``minimumIdentity``.
  package static let minimumIdentities = 0.5...1.0

  /// The minimum share of matching tokens in a passage.
  package var minimumIdentity: Double
  /// The maximum number of documents that share a passage, at least 2; a passage that more share is
  /// boilerplate.
  package var documentLimit: Int
  /// The rules that decide what is cut.
  package var cuts: CutRules

  /// Creates rules; the defaults are those of the command.
  package init(
    minimumWords: Int = 50, minimumIdentity: Double = 0.9, documentLimit: Int = 1000,
    cuts: CutRules = CutRules()
  ) {
    precondition(Self.minimumWordCounts.contains(minimumWords) && documentLimit >= 2)
    precondition(Self.minimumIdentities.contains(minimumIdentity))
    self.minimumWords = minimumWords
    self.minimumIdentity = minimumIdentity
    self.documentLimit = documentLimit
    self.cuts = cuts
  }

  /// Whether passages are also looked for by seeds: below this identity too few fingerprints are left.
  package var hasSeeds: Bool { minimumIdentity < 0.9 }

  /// Whether words that differ in a few characters count in part.
  package var countsSimilarWords: Bool { minimumIdentity <= 0.7 }

  /// The number of grams in a window: those in a span of the minimum length.
  var window: Int { minimumWords - Self.gramWords + 1 }

  /// The distance of the grams whose hashes are stored as the context of a fingerprint.
  ///
  /// A shared match of the minimum length continues for at least this number of words on one side
  /// of any fingerprint in it, so there the contexts are equal.
  var contextDistance: Int { max(1, (minimumWords - Self.gramWords + 1) / 2 - 1) }
}
