internal import RepriseCore

/// The fixed-size data of a document that is kept between the stages.
package struct DocumentDescriptor: Sendable {
  /// The byte offset of the document in the decoded input.
  package var offset: UInt64
  /// The size of its record in bytes, for JSON Lines without the line end.
  package var length: UInt32
  /// The size of its text in bytes.
  package var textByteCount: UInt32
  /// The byte offset of its label in the labels of its chunk.
  package var labelOffset: UInt32
  /// True if the document could not be read.
  ///
  /// It remains, and is not compared.
  package var isUnreadable: Bool
  package var contentHash: ContentHash
  /// XXH3-64 of its id, to find repeated ids; 0 without an id.
  package var idHash: UInt64
  /// XXH3-64 of its text, to tell equal texts from equal tokens.
  package var textHash: UInt64

  /// Byte offsets in a stored descriptor: the low half of the content hash, and the hash of the id.
  static let contentHashOffset = 0
  static let idHashOffset = 24

  /// True for documents that are compared with others: readable, with tokens.
  package var isSigned: Bool { !isUnreadable && contentHash.tokenCount > 0 }

  private static let unreadableBit: UInt32 = 1 << 31

  /// The length of a document whose end was not seen.
  ///
  /// It ends where the next document of its input begins, or with its input.
  package static let lengthUpToNext = DocumentLocator.unknownExtent

  package init(
    offset: UInt64, length: UInt32, textByteCount: UInt32 = 0, labelOffset: Int,
    isUnreadable: Bool = false
  ) {
    self.offset = offset
    self.length = length
    self.textByteCount = textByteCount
    // The labels of a chunk have far fewer bytes than its records.
    self.labelOffset = UInt32(clamping: labelOffset) & ~Self.unreadableBit
    self.isUnreadable = isUnreadable
    contentHash = ContentHash(low: 0, high: 0, tokenCount: 0)
    idHash = 0
    textHash = 0
  }

  /// Appends the descriptor's bytes.
  @inline(__always)
  package func write(to buffer: inout BlockBuffer) {
    unsafe buffer.append(byteCount: ChunkLayout.descriptorByteCount) { bytes in
      // In bounds: the fields take exactly the 56 bytes of a descriptor.
      let label = labelOffset | (isUnreadable ? Self.unreadableBit : 0)
      unsafe bytes.store(contentHash.low, at: 0)
      unsafe bytes.store(contentHash.high, at: 8)
      unsafe bytes.store(offset, at: 16)
      unsafe bytes.store(idHash, at: 24)
      unsafe bytes.store(contentHash.tokenCount, at: 32)
      unsafe bytes.store(length, at: 36)
      unsafe bytes.store(textByteCount, at: 40)
      unsafe bytes.store(label, at: 44)
      unsafe bytes.store(textHash, at: 48)
    }
  }

  /// Reads the label offset from a stored descriptor.
  @inline(__always)
  package static func labelOffset(in bytes: UnsafeRawBufferPointer) -> Int {
    unsafe Int(bytes.number(at: 44, UInt32.self) & ~unreadableBit)
  }

  /// Reads a stored descriptor of at least 56 bytes.
  @inline(__always)
  package init(_ bytes: UnsafeRawBufferPointer) {
    // In bounds: the last field ends at byte 56.
    unsafe contentHash = ContentHash(
      low: bytes.number(at: 0, UInt64.self), high: bytes.number(at: 8, UInt64.self),
      tokenCount: bytes.number(at: 32, UInt32.self))
    unsafe offset = bytes.number(at: 16, UInt64.self)
    unsafe idHash = bytes.number(at: 24, UInt64.self)
    unsafe length = bytes.number(at: 36, UInt32.self)
    unsafe textByteCount = bytes.number(at: 40, UInt32.self)
    unsafe textHash = bytes.number(at: 48, UInt64.self)
    let label = unsafe bytes.number(at: 44, UInt32.self)
    labelOffset = label & ~Self.unreadableBit
    isUnreadable = label & Self.unreadableBit != 0
  }
}
