internal import CKernels

/// The shingle ids of one document in order of position, with repetitions.
///
/// The buffer is reused for the next document.
///
/// An id is the XXH3-64 (seed 0) of n consecutive tokens joined by one space. A document with fewer
/// than n tokens has one shingle of all its tokens; a document without tokens has none.
package struct ShingleIDs: ~Copyable {
  /// The number of tokens in a shingle, n.
  package let length: Int
  /// The number of shingles: tokens - n + 1, or 1 for fewer tokens, or 0 without tokens.
  package private(set) var count = 0
  private var ids: [UInt64] = []
  private let set: reprise_instruction_set

  /// Creates an empty buffer for shingles of `length` tokens, at least 1.
  package init(length: Int, instructionSet: InstructionSet = .best) {
    precondition(length >= 1, "a shingle has at least one token")
    self.length = length
    set = instructionSet.kernel
  }

  /// Replaces the ids with those of `text`.
  /// - Complexity: O(tokens x shingle length).
  package mutating func read(_ text: borrowing TokenizedText) {
    let tokens = text.count
    guard tokens > 0 else {
      count = 0
      return
    }
    let window = min(length, tokens)
    count = tokens - window + 1
    if ids.count < count { ids = Array(repeating: 0, count: max(count, 2 * ids.count)) }
    if ids.count > 1 << 20 && count < 1 << 18 { ids = Array(repeating: 0, count: count) }
    let set = set
    // In bounds: `ids` has at least `count` entries, and `withTokens` gives padded bytes and one
    // start more than there are tokens.
    unsafe ids.withUnsafeMutableBufferPointer { ids in
      unsafe text.withTokens { bytes, starts in
        unsafe reprise_shingle_ids(bytes, starts, tokens, window, ids.baseAddress, set)
      }
    }
  }

  /// Exchanges the buffer that holds the ids for another buffer, of any size, and forgets the ids.
  mutating func exchange(_ other: inout [UInt64]) {
    swap(&ids, &other)
    count = 0
  }

  /// A copy of the ids, as an array.
  package var array: [UInt64] { Array(ids[..<count]) }

  /// The ids, borrowed until the next document is read.
  package var span: Span<UInt64> {
    @_lifetime(borrow self)
    get { ids.span.extracting(first: count) }
  }
}
