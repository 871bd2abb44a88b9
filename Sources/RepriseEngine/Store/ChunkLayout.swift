internal import RepriseCore

/// The layout of a chunk's payload in a signature file.
///
/// `docs/signatures.md` describes the format byte by byte.
package struct ChunkLayout: Sendable {
  /// The sections in file order.
  package enum Section: Int {
    case slices
    case blockHashes
    case descriptors
    case orderKeys
    case bBitSignatures
    case labels
    case problems
    case keys
    case fingerprintStarts
    case fingerprints
  }

  package var documentCount: Int
  package var sliceCount: Int
  package var bandCount: Int
  package var bBitWordCount: Int
  package var fingerprintCount: Int
  package var blockHashCount: Int
  package var isLast: Bool
  /// The numbers of the keep order that each document has, at most 256.
  package var orderKeyCount: Int
  /// True if an input of the chunk could not be opened or read, or changed.
  package var hasFailedInput = false
  /// True if the chunk continues in another block.
  package var continues = false
  package var problemCount: Int
  package var labelByteCount: Int
  package var problemByteCount: Int
  package var blankLineCount: Int
  /// The number of the block among those of its chunk.
  package var piece = 0

  /// Creates the layout of a chunk.
  package init(
    documentCount: Int, sliceCount: Int, bandCount: Int, bBitWordCount: Int,
    fingerprintCount: Int, blockHashCount: Int, isLast: Bool, orderKeyCount: Int,
    hasFailedInput: Bool, continues: Bool, problemCount: Int, labelByteCount: Int,
    problemByteCount: Int, blankLineCount: Int, piece: Int
  ) {
    (self.documentCount, self.sliceCount) = (documentCount, sliceCount)
    (self.bandCount, self.bBitWordCount) = (bandCount, bBitWordCount)
    (self.fingerprintCount, self.blockHashCount) = (fingerprintCount, blockHashCount)
    (self.isLast, self.orderKeyCount) = (isLast, orderKeyCount)
    (self.hasFailedInput, self.continues) = (hasFailedInput, continues)
    (self.problemCount, self.labelByteCount) = (problemCount, labelByteCount)
    (self.problemByteCount, self.blankLineCount) = (problemByteCount, blankLineCount)
    self.piece = piece
  }

  package static let headerByteCount = 64
  package static let sliceByteCount = 48
  package static let descriptorByteCount = 56
  package static let fingerprintByteCount = 20

  /// The size of a section in bytes, without padding to a multiple of 8.
  private func byteCount(_ section: Section) -> Int {
    switch section {
    case .slices: Self.sliceByteCount * sliceCount
    case .blockHashes: 8 * blockHashCount
    case .descriptors: Self.descriptorByteCount * documentCount
    case .orderKeys: 8 * orderKeyCount * documentCount
    case .bBitSignatures: 8 * bBitWordCount * documentCount
    case .keys: 8 * bandCount * documentCount
    case .fingerprintStarts: fingerprintCount > 0 ? 4 * (FingerprintList.partitionCount + 1) : 0
    case .fingerprints: Self.fingerprintByteCount * fingerprintCount
    case .labels: labelByteCount
    case .problems: problemByteCount
    }
  }

  /// The byte range of a section in the payload.
  package func range(_ section: Section) -> Range<Int> {
    var start = Self.headerByteCount
    for index in 0..<section.rawValue {
      guard let before = Section(rawValue: index) else { continue }
      start += (byteCount(before) + 7) / 8 * 8
    }
    return start..<start + byteCount(section)
  }

  /// The size of the whole payload in bytes.
  package var payloadByteCount: Int { (range(.fingerprints).upperBound + 7) / 8 * 8 }

  /// Appends the header of a payload.
  package func write(to buffer: inout BlockBuffer) {
    for count in [
      documentCount, sliceCount, bandCount, bBitWordCount, fingerprintCount, blockHashCount,
      (isLast ? 1 : 0) | (orderKeyCount > 0 ? 2 : 0) | (continues ? 4 : 0)
        | (hasFailedInput ? 8 : 0) | max(0, orderKeyCount - 1) << 8,
      problemCount,
    ] { buffer.append(UInt32(count)) }
    for count in [labelByteCount, problemByteCount, blankLineCount, piece] {
      buffer.append(UInt64(count))
    }
  }
}

extension ChunkLayout {
  /// Reads the header of a payload, which must have 64 bytes.
  package init(_ header: UnsafeRawBufferPointer) {
    func small(_ place: Int) -> Int { unsafe Int(header.number(at: 4 * place, UInt32.self)) }
    func large(_ place: Int) -> Int {
      unsafe Int(clamping: header.number(at: 32 + 8 * place, UInt64.self))
    }
    (documentCount, sliceCount, bandCount) = (small(0), small(1), small(2))
    (bBitWordCount, fingerprintCount, blockHashCount) = (small(3), small(4), small(5))
    isLast = small(6) & 1 != 0
    orderKeyCount = small(6) & 2 != 0 ? 1 + small(6) >> 8 & 255 : 0
    hasFailedInput = small(6) & 8 != 0
    continues = small(6) & 4 != 0
    problemCount = small(7)
    (labelByteCount, problemByteCount, blankLineCount) = (large(0), large(1), large(2))
    piece = large(3)
  }
}

extension UnsafeRawBufferPointer {
  /// Reads a little-endian number at a byte offset.
  ///
  /// The caller guarantees that it is in bounds.
  // Inlined: of a generic function in another module, only the unspecialized form could be called.
  @inlinable
  @inline(__always)
  package func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, _ type: Number.Type
  ) -> Number {
    unsafe Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Writes a little-endian number at a byte offset.
  ///
  /// The caller guarantees that it is in bounds.
  @inlinable
  @inline(__always)
  package func store<Number: FixedWidthInteger & BitwiseCopyable>(
    _ number: Number, at offset: Int
  ) {
    unsafe storeBytes(of: number.littleEndian, toByteOffset: offset, as: Number.self)
  }
}
