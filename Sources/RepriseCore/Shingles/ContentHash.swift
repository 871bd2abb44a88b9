internal import CKernels

/// The key of exact duplicates: documents with equal normalized tokens in the same order.
///
/// It is the XXH3-128 of all tokens joined by one space, and their number. A document without
/// tokens has the hash of its bytes instead, so two such documents match only if their bytes are
/// equal. XXH3 does not resist deliberate collisions.
package struct ContentHash: Hashable, Sendable {
  /// The hash's low 64 bits.
  package var low: UInt64
  /// The hash's high 64 bits.
  package var high: UInt64
  /// The number of tokens.
  package var tokenCount: UInt32

  /// Creates a content hash from its stored parts.
  package init(low: UInt64, high: UInt64, tokenCount: UInt32) {
    self.low = low
    self.high = high
    self.tokenCount = tokenCount
  }

  /// Computes the content hash of a document.
  /// - Parameters:
  ///   - text: the tokens of the document.
  ///   - source: the UTF-8 that the tokens were read from, for a document without tokens.
  /// - Complexity: O(bytes).
  package init(of text: borrowing TokenizedText, source: RawSpan) {
    if text.count > 0 {
      self.init(hashing: text.bytes, tokenCount: UInt32(text.count))
    } else {
      self.init(hashing: source.droppingByteOrderMark, tokenCount: 0)
    }
  }

  private init(hashing bytes: RawSpan, tokenCount: UInt32) {
    // In bounds: the kernel reads exactly the bytes of the span.
    let hash = unsafe bytes.withUnsafeBytes {
      unsafe reprise_xxh3_128($0.baseAddress, $0.count, reprise_best_instruction_set())
    }
    self.init(low: hash.low, high: hash.high, tokenCount: tokenCount)
  }

  /// The 128 bits of the hash as 32 hexadecimal digits, high half first, as `xxhsum` prints them.
  package var hexadecimal: String {
    func digits(_ word: UInt64) -> String {
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    return digits(high) + digits(low)
  }
}

extension RawSpan {
  /// XXH3-64 of the bytes.
  var hash: UInt64 {
    // In bounds: the kernel reads exactly the bytes of the span.
    unsafe withUnsafeBytes {
      unsafe reprise_xxh3_64($0.baseAddress, $0.count, reprise_best_instruction_set())
    }
  }

  /// The bytes after a leading UTF-8 byte order mark, or all bytes if there is no mark.
  var droppingByteOrderMark: RawSpan {
    @_lifetime(copy self)
    get {
      guard byteCount >= 3 else { return self }
      // In bounds: there are at least 3 bytes.
      let hasMark = unsafe withUnsafeBytes { bytes in
        unsafe bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
      }
      return hasMark ? extracting(droppingFirst: 3) : self
    }
  }
}
