/// Two places with one fingerprint.
///
/// Documents are named by their places in keep order: the first is the one that would stay.
public struct PassageLink: Hashable, Sendable {
  /// The document that comes first in keep order.
  public var first: UInt32
  /// The other document, or the same.
  public var second: UInt32
  /// The gram's first token in the first document.
  public var firstPosition: UInt32
  private var packedPosition: UInt32

  /// Creates a link; within one document the first place stands before the second.
  init(_ first: FingerprintPosting, _ second: FingerprintPosting) {
    self.first = first.document
    self.second = second.document
    firstPosition = first.position
    // Positions are below 2^30: a text has at most 2^30 bytes.
    packedPosition = second.position | (first.mayShareMatch(with: second) ? 1 << 31 : 0)
  }

  /// The gram's first token in the second document.
  public var secondPosition: UInt32 { packedPosition & 0x7FFF_FFFF }

  /// False if the two places cannot lie in a shared match of the minimum length.
  var mayBeLong: Bool { packedPosition >> 31 != 0 }

  /// How far the second place is behind the first.
  var shift: Int { Int(secondPosition) - Int(firstPosition) }
}
