internal import CKernels

/// The boundaries between the sentences of a text, by the default rules of UAX 29 (Unicode Text
/// Segmentation).
///
/// A line end is also the end of a sentence. Abbreviations are not known: a sentence ends after
/// `Dr.` before a capital letter.
package struct SentenceEnds: Sendable {
  /// A boundary between two sentences.
  package struct Boundary: Hashable, Sendable {
    /// The offset of the first byte of the next sentence.
    package let offset: Int
    /// True if the boundary is the end of a line.
    package let isLineEnd: Bool
  }

  /// The boundaries, ascending, without the beginning of the text; the last one is its end.
  package let boundaries: [Boundary]

  /// Finds the boundaries of a text.
  ///
  /// - Parameter text: UTF-8. An ill-formed sequence counts as one character.
  /// - Complexity: O(bytes).
  package init(_ text: RawSpan) {
    var boundaries: [Boundary] = []
    unsafe text.withUnsafeBytes { bytes in
      guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      var at = 0
      while at < bytes.count {
        var isLineEnd: Int32 = 0
        // In bounds: `at` is below the end, and the kernel reads nothing at or after the end.
        at = unsafe reprise_sentence_end(base, at, bytes.count, &isLineEnd)
        boundaries.append(Boundary(offset: at, isLineEnd: isLineEnd != 0))
      }
    }
    self.boundaries = boundaries
  }
}
