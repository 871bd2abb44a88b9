internal import RepriseCore
internal import RepriseFormats

/// The layout of a chunk's payload in a signature file.
///
/// `docs/signatures.md` describes the format byte by byte.
struct ChunkLayout: Sendable {
  /// The sections in file order.
  enum Section: Int {
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

  var documentCount: Int
  var sliceCount: Int
  var bandCount: Int
  var bBitWordCount: Int
  var fingerprintCount: Int
  var blockHashCount: Int
  var isLast: Bool
  /// The numbers of the keep order that each document has, at most 256.
  var orderKeyCount: Int
  /// True if an input of the chunk could not be opened or read, or changed.
  var hasFailedInput = false
  /// True if the chunk goes on in another block.
  var continues = false
  var problemCount: Int
  var labelByteCount: Int
  var problemByteCount: Int
  var blankLineCount: Int
  /// The number of the block among those of its chunk.
  var piece = 0

  static let headerByteCount = 64
  static let sliceByteCount = 48
  static let descriptorByteCount = 56
  static let fingerprintByteCount = 20

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
  func range(_ section: Section) -> Range<Int> {
    var start = Self.headerByteCount
    for index in 0..<section.rawValue {
      guard let before = Section(rawValue: index) else { continue }
      start += (byteCount(before) + 7) / 8 * 8
    }
    return start..<start + byteCount(section)
  }

  /// The size of the whole payload in bytes.
  var payloadByteCount: Int { (range(.fingerprints).upperBound + 7) / 8 * 8 }

  /// Appends the header of a payload.
  func write(to buffer: inout BlockBuffer) {
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
  init(_ header: UnsafeRawBufferPointer) {
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
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, _ type: Number.Type
  ) -> Number {
    unsafe Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Writes a little-endian number at a byte offset.
  ///
  /// The caller guarantees that it is in bounds.
  func store<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) {
    unsafe storeBytes(of: number.littleEndian, toByteOffset: offset, as: Number.self)
  }
}
