/// Where a text file is cut into articles: at the lines in which a regular expression is found.
///
/// The expression (PCRE2, UTF-8, Unicode classes) is searched anywhere in a line, without its line
/// end; `^` and `$` bind it to the line.
public struct ArticleRule: Sendable {
  /// On which side of a matching line the cut is.
  public enum Cut: String, Hashable, Sendable {
    /// The matching line is the last one of its article.
    case after
    /// The matching line is the first one of its article.
    case before
  }

  /// On which side of a matching line the cut is.
  public let cut: Cut
  /// The expression as it was given.
  public let expression: String
  let pattern: LinePattern

  /// Compiles the rule.
  ///
  /// - Throws: `invalidPattern`, with what is wrong and where in the expression.
  public init(cut: Cut, expression: String) throws(CorpusError) {
    self.cut = cut
    self.expression = expression
    pattern = try LinePattern(expression)
  }
}
