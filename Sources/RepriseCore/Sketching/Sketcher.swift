/// Computes the sketch of one text at a time: content hash, band keys, b-bit signature and
/// fingerprints.
///
/// The buffers are reused for the next text. Not thread-safe: each thread has a sketcher of its
/// own.
package struct Sketcher: ~Copyable {
  /// The parameters that decide the values of a sketch.
  package struct Parameters: Sendable {
    /// The scheme of shingles, signatures and bands.
    package var scheme: Scheme
    /// The parts to compute.
    package var scope: SketchScope
    /// The number of bits that are stored of each slot.
    package var bBitSignature: BBitSignature
    /// The number of leading slots to compute; nil for all.
    package var computedSlotCount: Int?
    /// The rules that decide which fingerprints are selected.
    package var passageRules: PassageRules

    /// Creates parameters; the defaults are those of the command.
    package init(
      scheme: Scheme = Scheme(), scope: SketchScope = [.signatures, .fingerprints],
      bBitSignature: BBitSignature = .bit, computedSlotCount: Int? = nil,
      passageRules: PassageRules = PassageRules()
    ) {
      self.scheme = scheme
      self.scope = scope
      self.bBitSignature = bBitSignature
      self.computedSlotCount = computedSlotCount
      self.passageRules = passageRules
    }
  }

  private let scope: SketchScope
  private let bBitSignature: BBitSignature
  private let bandCount: Int
  private let bandKeys: BandKeys
  private var tokens: TokenizedText
  private var shingles: ShingleIDs
  private var signature: Signature
  private var gramShingles = ShingleIDs(length: Fingerprints.shingleLength)
  private var fingerprints: Fingerprints

  /// Creates a sketcher with empty buffers.
  package init(_ parameters: Parameters) {
    let scheme = parameters.scheme
    scope = parameters.scope
    bBitSignature = parameters.bBitSignature
    bandCount = scheme.bands.bandCount
    bandKeys = BandKeys(shape: scheme.bands, scheme: Scheme.number)
    tokens = TokenizedText(rules: scheme.tokens)
    shingles = ShingleIDs(length: scheme.shingleLength)
    signature = Signature(
      slotCount: scheme.slotCount, computing: parameters.computedSlotCount,
      method: scheme.signatureMethod)
    fingerprints = Fingerprints(rules: parameters.passageRules)
  }

  /// Reads a text, in place of the one before.
  ///
  /// - Parameter text: UTF-8 of at most ``TokenRules/maximumByteCount`` bytes.
  /// - Returns: the fixed-size part of its sketch.
  /// - Complexity: O(bytes).
  package mutating func read(_ text: RawSpan) -> Sketch {
    tokens.read(text)
    return Sketch(
      contentHash: ContentHash(of: tokens, source: text),
      textHash: text.droppingByteOrderMark.hash,
      invalidSequenceCount: tokens.invalidSequenceCount)
  }

  /// Appends the other parts of the text's sketch.
  ///
  /// Call it once for each text. A text without tokens, or without signature in the scope, has
  /// zeros as band keys and b-bit signature.
  ///
  /// - Parameters:
  ///   - keys: gets one key per band.
  ///   - bBitSignatures: gets the words of a b-bit signature.
  ///   - list: gets the fingerprints.
  ///   - document: the index of the document in `list`.
  /// - Complexity: O(tokens + slots).
  package mutating func append(
    to keys: inout [UInt64], _ bBitSignatures: inout [UInt64], _ list: inout FingerprintList,
    document: UInt32
  ) {
    guard tokens.count > 0, scope.contains(.signatures) else {
      appendNoSignature(to: &keys, &bBitSignatures)
      if tokens.count > 0 { appendFingerprints(to: &list, document) }
      return
    }
    shingles.read(tokens)
    signature.read(shingles)
    bandKeys.append(of: signature, to: &keys)
    bBitSignature.append(of: signature, to: &bBitSignatures)
    appendFingerprints(to: &list, document)
  }

  private mutating func appendFingerprints(to list: inout FingerprintList, _ document: UInt32) {
    guard scope.contains(.fingerprints) else { return }
    if scope.contains(.signatures) && shingles.length == Fingerprints.shingleLength {
      fingerprints.read(tokens, shingles: &shingles)
    } else {
      gramShingles.read(tokens)
      fingerprints.read(tokens, shingles: &gramShingles)
    }
    fingerprints.append(to: &list, document: document)
  }

  /// Appends the zeros of a document without a signature, because every document has values in both
  /// arrays.
  package func appendNoSignature(to keys: inout [UInt64], _ bBitSignatures: inout [UInt64]) {
    keys.append(contentsOf: repeatElement(0, count: bandCount))
    let words = bBitSignature.wordCount(slotCount: signature.computedSlotCount)
    bBitSignatures.append(contentsOf: repeatElement(0, count: words))
  }

  /// Appends the computed slots of the signature, after
  /// ``append(to:_:_:document:)`` was called for the text; the maximum for a text without tokens.
  ///
  /// - Complexity: O(slots).
  package func appendSlots(to slots: inout [UInt32]) {
    let values = signature.span
    guard tokens.count > 0 else {
      return slots.append(contentsOf: repeatElement(.max, count: values.count))
    }
    for index in values.indices { slots.append(values[index]) }
  }

  /// Returns the text's set of shingles and the slots of its signature, to compare it with one
  /// other text.
  ///
  /// The slots are empty for a text without tokens. For many texts, use
  /// ``append(to:_:_:document:)``.
  ///
  /// - Complexity: O(n log n) for n tokens.
  package mutating func setAndSlots() -> (set: ShingleSet, slots: [UInt32]) {
    shingles.read(tokens)
    guard tokens.count > 0 else { return (ShingleSet(shingles), []) }
    signature.read(shingles)
    let values = signature.span
    return (ShingleSet(shingles), values.indices.map { values[$0] })
  }
}
