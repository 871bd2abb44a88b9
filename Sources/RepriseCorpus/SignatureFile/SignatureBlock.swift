import CKernels

/// One block of a signature file: where its payload is, and what it holds.
///
/// `docs/signatures.md` describes the format byte by byte.
public struct SignatureBlock: Hashable, Sendable {
  /// What a block holds.
  public enum Kind: UInt32, Sendable {
    /// The scheme, the parameters and the inputs, as JSON.
    case run = 1
    /// What the documents of one chunk became.
    case chunk = 2
    /// The end of a file to which nothing will be added.
    case end = 3
  }

  /// What the block holds.
  public var kind: Kind
  /// What ties the blocks of one run together: the checksum of its first block's payload.
  public var run: UInt64
  /// Of a chunk: the place of its first input among the inputs.
  public var input: UInt64
  /// Of a chunk: its place among the chunks of that input.
  public var number: UInt64
  /// The bytes of the payload in the file.
  public var payload: Range<UInt64>
  /// XXH3-64 of the payload.
  public var checksum: UInt64

  /// The bytes in front of a payload.
  public static let headerByteCount = 64
  /// Blocks begin at multiples of this.
  public static let alignment = 4096
  /// The first bytes of every block.
  static let magic: [UInt8] = [0xD2, 0x52, 0x45, 0x50, 0x52, 0x53, 0x49, 0x47]
  /// The version of the format.
  static let version: UInt32 = 1

  /// Where the next block begins.
  var end: UInt64 {
    let alignment = UInt64(Self.alignment)
    return (payload.upperBound + alignment - 1) / alignment * alignment
  }

  /// XXH3-64 of bytes, with seed 0.
  public static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    unsafe reprise_xxh3_64(bytes.baseAddress, bytes.count, reprise_best_instruction_set())
  }
}

extension SignatureBlock {
  /// Writes the header into the first bytes of a block.
  func write(to header: UnsafeMutableRawBufferPointer) {
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

  /// Reads a header that stands at a byte of a file.
  static func read(
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

  /// Why bytes are no header.
  enum HeaderFailure: Error, Hashable {
    case damaged
    case version(UInt32)
  }
}
