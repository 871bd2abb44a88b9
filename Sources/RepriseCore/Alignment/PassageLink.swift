/// Two occurrences of one fingerprint, or of one seed.
///
/// Documents are identified by their ranks in keep order.
@usableFromInline
package struct PassageLink: Hashable, Sendable {
  /// The document that comes first in keep order.
  @usableFromInline package var first: UInt32
  /// The second document, or the same one.
  @usableFromInline package var second: UInt32
  // Positions are below 2^30, because a text has at most 2^30 bytes: the top bits are free.
  @usableFromInline var packedFirst: UInt32
  @usableFromInline var packedSecond: UInt32

  /// Creates a link.
  ///
  /// Within one document the first position must be below the second.
  ///
  /// - Parameters:
  ///   - first: the occurrence that comes first in keep order.
  ///   - second: the other occurrence.
  ///   - isOnly: true if nothing else has the fingerprint.
  @inlinable
  package init(_ first: FingerprintPosting, _ second: FingerprintPosting, isOnly: Bool = false) {
    self.first = first.document
    self.second = second.document
    packedFirst = first.position
    packedSecond = second.position | (isOnly || first.mayShareMatch(with: second) ? 1 << 31 : 0)
  }

  /// Creates a link between two occurrences of a seed.
  @inlinable
  package init(ofSeed first: FingerprintPosting, _ second: FingerprintPosting) {
    self.first = first.document
    self.second = second.document
    packedFirst = first.position | 1 << 31
    packedSecond = second.position
  }

  /// The position of the gram's first token in the first document.
  @inlinable
  package var firstPosition: UInt32 { packedFirst & 0x7FFF_FFFF }
  /// The position of the gram's first token in the second document.
  @inlinable
  package var secondPosition: UInt32 { packedSecond & 0x7FFF_FFFF }

  /// Whether the gram is a seed, and not a fingerprint.
  @inlinable
  package var isSeed: Bool { packedFirst >> 31 != 0 }

  /// Whether the two occurrences may be in a passage: the words around them are equal on one side,
  /// or they are the only ones, so that this is hardly a common phrase.
  @inlinable
  package var mayBeLong: Bool { packedSecond >> 31 != 0 }

  /// The second position less the first.
  @inlinable
  package var shift: Int { Int(secondPosition) - Int(firstPosition) }
}
