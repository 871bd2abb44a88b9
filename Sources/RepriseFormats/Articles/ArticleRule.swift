/// Splits a text file into articles at the lines that match a regular expression.
///
/// The expression (PCRE2, UTF-8, Unicode classes) is searched anywhere in a line, without its line
/// end; `^` and `$` match the ends of the line.
package struct ArticleRule: Sendable {
  /// The side of a matching line on which the text is split.
  package enum Cut: String, Hashable, Sendable {
    /// The matching line is the last one of its article.
    case after
    /// The matching line is the first one of its article.
    case before
  }

  /// The side of a matching line on which the text is split.
  package let cut: Cut
  /// The expression as given.
  package let expression: String
  let pattern: LinePattern

  /// Compiles the rule.
  ///
  /// - Throws: `invalidPattern`, with the error and its offset in the expression.
  package init(cut: Cut, expression: String) throws(CorpusError) {
    self.cut = cut
    self.expression = expression
    pattern = try LinePattern(expression)
  }
}
