internal import RepriseCore
internal import Synchronization

/// Texts in memory, as the rows of one input, or of several.
///
/// For files, use ``FileSource``.
package final class MemorySource: DocumentSource {
  /// Rows and the name of their input in problems.
  package typealias Input = (name: String, rows: any MemoryRows)

  package let inputNames: [String]
  let inputs: [any MemoryRows]
  /// The maximum size of a text in bytes.
  let limit: Int
  private let next = Mutex(Batch(input: 0, rows: 0..<0, index: 0))

  /// The rows of a batch.
  struct Batch {
    var input: Int
    var rows: Range<Int>
    /// The index of the batch in its input.
    var index: Int
  }

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
  package convenience init(
    _ texts: [String?], ids: [String?]? = nil, orderValues: [String?]? = nil,
    name: String = "memory", limit: Int = TokenizedText.maximumByteCount
  ) {
    precondition(ids == nil || ids?.count == texts.count, "there must be one id per text")
    precondition(
      orderValues == nil || orderValues?.count == texts.count, "there must be one value per text")
    self.init(
      [(name, StringRows(texts: texts, ids: ids ?? [], orderValues: orderValues ?? []))],
      limit: limit)
  }

  /// Creates a source of several inputs, one after another.
  ///
  /// - Parameters:
  ///   - inputs: the rows of each.
  ///   - limit: the maximum size of a text in bytes. A row with a larger text is an unreadable
  ///     document.
  package init(_ inputs: [Input], limit: Int) {
    precondition((1...TokenizedText.maximumByteCount).contains(limit))
    self.inputs = inputs.map(\.rows)
    self.limit = limit
    inputNames = inputs.map(\.name)
  }

  package func makeExtractor() -> any DocumentExtractor { MemoryExtractor(self) }

  /// The texts, to read them again.
  package var provider: MemoryTexts { MemoryTexts(inputs) }

  /// The size of all texts in bytes.
  package var byteCount: Int {
    inputs.reduce(0) { sum, rows in
      (0..<rows.count).reduce(sum) { $0 + (rows.textByteCount(ofRow: $1) ?? 0) }
    }
  }

  /// Claims the rows of the next batch; nil if there are none.
  func claim() -> Batch? {
    next.withLock { next in
      while next.input < inputs.count, next.rows.upperBound == inputs[next.input].count {
        next = Batch(input: next.input + 1, rows: 0..<0, index: 0)
      }
      guard next.input < inputs.count else { return nil }
      let rows = inputs[next.input]
      let start = next.rows.upperBound
      var (end, byteCount) = (start, 0)
      while end < rows.count, byteCount < Self.batchByteCount {
        byteCount += 1 + (rows.textByteCount(ofRow: end) ?? 0)
        end += 1
      }
      let batch = Batch(input: next.input, rows: start..<end, index: next.index)
      next = Batch(input: next.input, rows: start..<end, index: next.index + 1)
      return batch
    }
  }
}
