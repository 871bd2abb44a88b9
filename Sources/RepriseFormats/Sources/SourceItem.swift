package import RepriseEngine

/// One item of a batch; valid until the next one.
package enum SourceItem {
  /// A document.
  case document(SourceDocument)
  /// A document that could not be read.
  ///
  /// It remains a document, without a text. Its line is counted in its slice, from 1; it is 0 for a
  /// document that is a whole input.
  case unreadable(DocumentLocator, line: Int, Problem)
  /// A problem without a document.
  case problem(Problem)
  /// A line that is not a document.
  case blankLine
}

/// A document as its source gives it.
@safe
package struct SourceDocument {
  /// Where the source finds it again.
  package let locator: DocumentLocator
  /// The line on which the document begins in its slice, from 1.
  package let line: Int
  /// True for a document that is a whole input, whose label has no line.
  package let isWholeInput: Bool
  /// The text as UTF-8.
  package let text: UnsafeRawBufferPointer
  /// The id; empty if the document has none.
  package let id: UnsafeRawBufferPointer
  /// The values of the fields for the keep order; none at all in a source without fields.
  package let orderTexts: [String?]
  /// The number of lone surrogate escapes that became U+FFFD.
  package let loneSurrogateCount: Int
  /// True if nothing has shown yet that the document is text.
  package let mayBeBinary: Bool

  /// Returns the line for a label: 0 for a whole input.
  package var labelLine: Int { isWholeInput ? 0 : line }
}
