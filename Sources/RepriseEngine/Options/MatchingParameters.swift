internal import RepriseCore

/// Matching options that were checked, and what follows from them.
package struct MatchingParameters: Sendable {
  package let scheme: Scheme
  package let find: FindScope
  package let threshold: Double
  package let recall: Double
  package let verification: VerificationMethod
  package let keep: KeepPolicy
  /// The rules that define a passage.
  package let passageRules: PassageRules

  /// Creates parameters.
  package init(
    scheme: Scheme, find: FindScope, threshold: Double, recall: Double,
    verification: VerificationMethod, keep: KeepPolicy, passageRules: PassageRules
  ) {
    (self.scheme, self.find, self.passageRules) = (scheme, find, passageRules)
    (self.threshold, self.recall) = (threshold, recall)
    (self.verification, self.keep) = (verification, keep)
  }

  /// The stored form of a signature.
  package var bBitSignature: BBitSignature { verification == .exact ? .bit : .byte }

  /// The number of slots to compute per signature: only those of the bands, if signatures do not
  /// also estimate similarities.
  package var computedSlotCount: Int {
    let banded = (scheme.bands.bandCount * scheme.bands.rowCount + 63) / 64 * 64
    return verification == .exact ? min(banded, scheme.slotCount) : scheme.slotCount
  }

  /// The number of 64-bit words of a stored signature.
  package var bBitWordCount: Int { bBitSignature.wordCount(slotCount: computedSlotCount) }

  /// The parameters that decide the sketch of a document.
  package var sketcherParameters: Sketcher.Parameters {
    let scope: SketchScope =
      switch find {
      case .documents: .signatures
      case .passages: .fingerprints
      case .all: [.signatures, .fingerprints]
      }
    return Sketcher.Parameters(
      scheme: scheme, scope: scope, bBitSignature: bBitSignature,
      computedSlotCount: computedSlotCount, passageRules: passageRules)
  }
}
