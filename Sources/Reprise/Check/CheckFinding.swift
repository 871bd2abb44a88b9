/// Text that is in several places of the checked files.
package struct CheckFinding: Sendable {
  /// The kinds of findings.
  package enum Rule: String, CaseIterable, Sendable {
    /// A file repeats another one as a whole, or nearly.
    case document = "repeated-document"
    /// A passage is in several places.
    case passage = "repeated-passage"
  }

  /// One place of the text.
  package struct Place: Hashable, Sendable {
    /// The file, as the paths of the check name it.
    package var file: String
    /// The position of the first character.
    package var start: TextPosition
    /// The position after the last character.
    package var end: TextPosition
    /// The similarity of a document to the first one, or the identity of a passage: from 0 to 1.
    package var likeness: Double
  }

  /// The kind.
  package var rule: Rule
  /// The number of words of the first place.
  package var words: Int
  /// The places, the one to keep first, the others by file and position.
  package var places: [Place]
  /// The smallest shingle ids of the text, ascending: at most 16.
  package var sketch: [UInt64]
  /// The beginning of the text.
  package var title: String

  /// The smallest shingle id as 16 hexadecimal digits: it depends on the words alone, not on where
  /// they are.
  package var fingerprint: String { Self.hexadecimal(sketch.first ?? 0) }

  static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// One copy to report: where it is, and what it repeats.
package struct CheckReport: Sendable {
  /// The text that repeats.
  package var finding: CheckFinding
  /// The copy.
  package var copy: CheckFinding.Place
  /// The place that it repeats.
  package var kept: CheckFinding.Place
  /// Why it is accepted, for people; nil if it is not, or nobody wrote it.
  package var reason: String?
}
