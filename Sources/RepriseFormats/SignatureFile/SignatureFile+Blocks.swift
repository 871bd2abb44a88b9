package import RepriseEngine

/// The intact blocks of a signature file, and the damage.
package struct FoundBlocks: Sendable {
  /// Blocks with a valid checksum, in file order.
  package internal(set) var blocks: [SignatureBlock] = []
  /// The offsets at which a block should begin, but is damaged or incomplete.
  package internal(set) var damage: [UInt64] = []
}

extension SignatureFile {
  /// Finds and verifies all blocks, skipping damaged ones.
  ///
  /// - Returns: the intact blocks, and the damage.
  /// - Throws: `cannotRead`, or `invalidSignatures` for an unsupported version.
  /// - Complexity: O(bytes of the file).
  package func checkedBlocks() throws(CorpusError) -> FoundBlocks {
    var found = FoundBlocks()
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.checkedByteCount, alignment: SignatureBlock.alignment)
    defer { unsafe room.deallocate() }
    var place: UInt64 = 0
    var wasGood = true
    let size = byteCount
    while place < size {
      let header = unsafe UnsafeMutableRawBufferPointer(
        rebasing: room[..<SignatureBlock.headerByteCount])
      let count = unsafe try available(into: header, at: place)
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: header[..<count])
      switch unsafe SignatureBlock.read(bytes, at: place) {
      case .success(let block) where block.payload.upperBound <= size:
        if unsafe try checksum(of: block, room) == block.checksum {
          found.blocks.append(block)
          wasGood = true
          place = block.end
          continue
        }
      // A resumed run appends after what a full disk cut off: blocks can begin within the length
      // that the header of a damaged block gives.
      case .failure(.version(let version)):
        throw CorpusError(
          .invalidSignatures,
          "the block that begins here has format version \(version), and only version "
            + "\(SignatureBlock.version) can be read", path: path, byte: place)
      default: break
      }
      if wasGood { found.damage.append(place) }
      wasGood = false
      place += UInt64(SignatureBlock.alignment)
    }
    return found
  }

  private static let checkedByteCount = 1 << 20

  private func checksum(
    of block: SignatureBlock, _ room: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) -> UInt64 {
    let hasher = try StreamHash(path: path)
    var place = block.payload.lowerBound
    while place < block.payload.upperBound {
      // In bounds: the count is limited by the size of `room`.
      let count = Int(min(UInt64(room.count), block.payload.upperBound - place))
      let target = unsafe UnsafeMutableRawBufferPointer(rebasing: room[..<count])
      let read = unsafe try available(into: target, at: place)
      unsafe hasher.update(UnsafeRawBufferPointer(rebasing: target[..<read]))
      // A file that ends inside a block has a different checksum.
      if read < count { break }
      place += UInt64(count)
    }
    return hasher.value
  }
}
