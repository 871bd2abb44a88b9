public import RepriseCore
internal import RepriseEngine

/// Defines duplicates and repeated passages, and which document of a cluster is kept.
public struct MatchingOptions: Hashable, Sendable {
  /// The kinds of repetition to find.
  public var find = FindScope.all
  /// The minimum Jaccard similarity of near-duplicates: above 0, at most 1.
  public var threshold = 0.8
  /// The minimum probability that a pair exactly at the threshold becomes a candidate pair.
  public var recall = 0.95
  /// The number of tokens in a shingle.
  public var shingleLength = 5
  /// What is a token, and which differences between tokens count.
  public var tokens = TokenRules()
  /// The number of slots in a signature: a power of two from 64 to 1024.
  public var slotCount = 256
  /// The algorithm that computes signatures.
  public var signatureMethod = SignatureMethod.sketch
  /// How candidate pairs are verified.
  public var verification = VerificationMethod.exact
  /// The length of the shortest passage to find, in words: at least 16.
  public var minimumPassage = 50
  /// The minimum share of the words of a passage that match: 0.5 to 1.
  ///
  /// Below 0.9, a scan also looks for short runs of rare words, which takes more time, and words that
  /// differ in a few letters count in part.
  public var minimumIdentity = 0.9
  /// The rules for cuts of repeated passages.
  public var cuts = CutRules()
  /// The maximum number of documents that share a passage, at least 2.
  ///
  /// A passage that more share is boilerplate: it is reported once.
  public var boilerplateLimit = 1000
  /// Which document of a cluster to prefer.
  public var keep = KeepPolicy.first

  /// Creates options with the command's defaults.
  public init() {}

  /// Creates options with the command's defaults, and those of a preset.
  public init(preset: Preset?) { preset?.apply(to: &self) }
}
