import CKernels

/// The header of one block of a signature file.
///
/// `docs/signatures.md` describes the format byte by byte.
package struct SignatureBlock: Hashable, Sendable {
  /// The kinds of content.
  package enum Kind: UInt32, Sendable {
    /// The scheme, the parameters and the inputs, as JSON.
    case run = 1
    /// The sketches of the documents of one chunk.
    case chunk = 2
    /// The end of a complete file.
    case end = 3
  }

  /// The kind of content.
  package var kind: Kind
  /// The number that all blocks of one run have in common: the checksum of the first block's
  /// payload.
  package var run: UInt64
  /// For a chunk, the index of its first input.
  package var input: UInt64
  /// For a chunk, its index among the chunks of that input.
  package var number: UInt64
  /// The byte range of the payload in the file.
  package var payload: Range<UInt64>
  /// XXH3-64 of the payload.
  package var checksum: UInt64

  /// Creates a header.
  package init(
    kind: Kind, run: UInt64, input: UInt64, number: UInt64, payload: Range<UInt64>,
    checksum: UInt64
  ) {
    self.kind = kind
    self.run = run
    self.input = input
    self.number = number
    self.payload = payload
    self.checksum = checksum
  }

  /// The size of the header before a payload, in bytes.
  package static let headerByteCount = 64
  /// Blocks begin at multiples of this number of bytes.
  package static let alignment = 4096
  /// The first bytes of every block.
  package static let magic: [UInt8] = [0xD2, 0x52, 0x45, 0x50, 0x52, 0x53, 0x49, 0x47]
  /// The version of the format.
  package static let version: UInt32 = 2

  /// The offset of the next block.
  package var end: UInt64 {
    let alignment = UInt64(Self.alignment)
    return (payload.upperBound + alignment - 1) / alignment * alignment
  }

  /// Returns XXH3-64 of bytes, with seed 0.
  package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    unsafe reprise_xxh3_64(bytes.baseAddress, bytes.count, reprise_best_instruction_set())
  }
}

extension SignatureBlock {
  /// Writes the header into the first 64 bytes of a block.
  package func write(to header: UnsafeMutableRawBufferPointer) {
    unsafe header.copyBytes(from: Self.magic)
    unsafe header.storeBytes(of: Self.version.littleEndian, toByteOffset: 8, as: UInt32.self)
    unsafe header.storeBytes(of: kind.rawValue.littleEndian, toByteOffset: 12, as: UInt32.self)
    let words = [UInt64(payload.count), checksum, run, input, number]
    for (place, word) in words.enumerated() {
      unsafe header.storeBytes(
        of: word.littleEndian, toByteOffset: 16 + 8 * place, as: UInt64.self)
    }
    let sum = unsafe Self.checksum(UnsafeRawBufferPointer(rebasing: header[..<56]))
    unsafe header.storeBytes(of: sum.littleEndian, toByteOffset: 56, as: UInt64.self)
  }

  /// Reads the header at an offset of a file.
  ///
  /// The fields are in bounds, because fewer than 64 bytes are not a valid header.
  package static func read(
    _ header: UnsafeRawBufferPointer, at place: UInt64
  ) -> Result<SignatureBlock, HeaderFailure> {
    func word(_ offset: Int) -> UInt64 {
      unsafe UInt64(littleEndian: header.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    guard unsafe header.count >= headerByteCount && header.starts(with: magic),
      unsafe word(56) == checksum(UnsafeRawBufferPointer(rebasing: header[..<56]))
    else { return .failure(.damaged) }
    let version = UInt32(truncatingIfNeeded: word(8))
    guard version == Self.version else { return .failure(.version(version)) }
    let start = place + UInt64(headerByteCount)
    guard let kind = Kind(rawValue: UInt32(word(8) >> 32)), word(16) <= 1 << 48 else {
      return .failure(.damaged)
    }
    return .success(
      SignatureBlock(
        kind: kind, run: word(32), input: word(40), number: word(48),
        payload: start..<start + word(16), checksum: word(24)))
  }

  /// The reasons why bytes are not a valid header.
  package enum HeaderFailure: Error, Hashable {
    case damaged
    case version(UInt32)
  }
}
