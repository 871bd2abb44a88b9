internal import RepriseCore
internal import Synchronization

/// Texts in memory, as the rows of one input.
///
/// For files, use ``FileSource``.
package final class MemorySource: DocumentSource {
  package let inputNames: [String]
  let texts: [String?]
  let ids: [String?]
  let orderValues: [String?]
  /// The maximum size of a text in bytes.
  let limit: Int
  private let next = Mutex((row: 0, batch: 0))

  /// The size at which a batch ends: the bytes of the texts, and one for each row.
  private static let batchByteCount = 1 << 20

  /// Creates a source that holds texts.
  ///
  /// - Parameters:
  ///   - texts: the text of each row. A row without a text is an unreadable document, so that the
  ///     following rows keep their numbers.
  ///   - ids: the id of each row; nil if there are none.
  ///   - orderValues: the value of each row that decides which of two is kept; nil if there are none.
  ///   - name: the name of the input in problems.
  ///   - limit: the maximum size of a text in bytes. A row with a larger text is an unreadable
  ///     document.
  package init(
    _ texts: [String?], ids: [String?]? = nil, orderValues: [String?]? = nil,
    name: String = "memory", limit: Int = TokenizedText.maximumByteCount
  ) {
    precondition(ids == nil || ids?.count == texts.count, "there must be one id per text")
    precondition(
      orderValues == nil || orderValues?.count == texts.count, "there must be one value per text")
    precondition((1...TokenizedText.maximumByteCount).contains(limit))
    self.texts = texts
    self.ids = ids ?? []
    self.orderValues = orderValues ?? []
    self.limit = limit
    inputNames = [name]
  }

  package func makeExtractor() -> any DocumentExtractor { MemoryExtractor(self) }

  /// The texts, to read them again.
  package var provider: MemoryTexts { MemoryTexts(texts) }

  /// Claims the rows of the next batch; nil if there are none.
  func claim() -> (rows: Range<Int>, batch: Int)? {
    next.withLock { next in
      guard next.row < texts.count else { return nil }
      let start = next.row
      var byteCount = 0
      while next.row < texts.count, byteCount < Self.batchByteCount {
        byteCount += 1 + (texts[next.row]?.utf8.count ?? 0)
        next.row += 1
      }
      defer { next.batch += 1 }
      return (start..<next.row, next.batch)
    }
  }
}
