/// The rules that decide which of the repeated passages are cut, and where cuts end.
public struct CutRules: Hashable, Sendable {
  /// The part of a passage that may be cut.
  public enum Mode: String, CaseIterable, Sendable {
    /// The runs of at least the minimum length that the kept occurrence has word for word.
    case exact
    /// The whole passage.
    ///
    /// Differences stay if they are longer than three words, or have a number or a negation.
    case edited
    /// Nothing: passages are only reported.
    case none
  }

  /// Where cuts may begin and end.
  public enum Ends: String, CaseIterable, Sendable {
    /// At the ends of sentences and lines; where there is none within 60 words, between words.
    case sentences
    /// At the ends of lines.
    case lines
    /// Between words that white space separates.
    case words
  }

  /// The treatment of passages that very many documents share.
  public enum BoilerplateAction: String, CaseIterable, Sendable {
    /// They are kept in all documents.
    case keep
    /// They are cut as other passages are: one occurrence is kept.
    case cut
    /// They are cut from all documents.
    case cutAll = "cut-all"
  }

  /// The part of a passage that may be cut.
  public var mode = Mode.exact
  /// Where cuts may begin and end.
  public var ends = Ends.sentences
  /// True to cut also what a document repeats of itself.
  public var cutsRepeats = false
  /// True to cut also inside structured text, such as HTML or source code.
  public var cutsMarkup = false
  /// The minimum number of words that a trimmed document must have; with fewer it is dropped.
  public var minimumLeft = 0
  /// The minimum share of a document's words that one kept document must have, so that the document
  /// is dropped as contained; 0 to drop none.
  public var contained = 0.95
  /// The treatment of passages that very many documents share.
  public var boilerplate = BoilerplateAction.keep

  /// Creates the default rules.
  public init() {}
}
