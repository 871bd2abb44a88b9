internal import CKernels

/// The UTF-8 of a text after folding, and a map back to the bytes of the text.
///
/// Do not use it without folding options: ``TokenizedText`` then reads the text itself, in one
/// pass.
struct FoldedText {
  private(set) var bytes: [UInt8] = []
  /// The number of ill-formed UTF-8 sequences, which stay as they are.
  private(set) var invalidSequenceCount = 0
  private let folding: Folding
  private var composition: CanonicalComposition
  private var scalars: [UInt32] = []
  private var places: [Place] = []

  /// A span of the folded text, up to the start of the next one.
  private struct Place {
    var folded: Int
    var source: Int
    /// Whether the span has equal bytes in both texts.
    var isSame: Bool
  }

  init(_ folding: Folding) {
    self.folding = folding
    composition = CanonicalComposition(folding: folding)
  }

  /// Replaces the folded text with that of `text[start ..< end]`.
  ///
  /// - Complexity: O(bytes).
  mutating func read(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) {
    bytes.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    invalidSequenceCount = 0
    var at = start
    while folding.contains(.hyphens),
      let division = unsafe DividedWords.division(in: text, from: at, to: end)
    {
      unsafe append(text, from: at, to: division.lowerBound)
      begin(division.lowerBound, isSame: false)
      append(DividedWords.mark)
      at = division.upperBound
    }
    unsafe append(text, from: at, to: end)
    places.append(Place(folded: bytes.count, source: end, isSame: true))
  }

  /// Folds `text[start ..< end]`, which nothing outside it affects.
  private mutating func append(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) {
    var at = start
    // In bounds: `at` is below `end`, and the byte after it is read only below `end`.
    while at < end {
      if unsafe text[at] < 0x80, unsafe at + 1 == end || text[at + 1] < 0x80 {
        begin(at, isSame: true)
        unsafe bytes.append(text[at])
        at += 1
      } else {
        at = unsafe foldSegment(text, at, end)
      }
    }
  }

  /// Folds from one boundary to the next, and returns the position of that one.
  private mutating func foldSegment(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    scalars.removeAll(keepingCapacity: true)
    var at = start
    while at < end {
      var (scalar, valid) = (UInt32(0), Int32(0))
      let width = unsafe reprise_decode_scalar(text, at, end, &scalar, &valid)
      if valid == 0 {
        if at == start { return unsafe keepInvalid(text, at, width) }
        break
      }
      if at > start, folding.isBoundary(scalar) { break }
      scalars.append(scalar)
      at += width
    }
    composition.compose(&scalars)
    let before = bytes.count
    // Invalid bytes around accents that are removed must not become a character together: a scalar
    // that no token has keeps them apart.
    if scalars.isEmpty { append(Self.ignoredScalar) }
    for scalar in scalars { append(scalar) }
    // In bounds: the text is compared only if the folded segment has the same number of bytes.
    let isSame =
      bytes.count - before == at - start
      && (before..<bytes.count).allSatisfy { unsafe bytes[$0] == text[start + $0 - before] }
    begin(start, isSame: isSame, at: before)
    return at
  }

  /// U+034F, the combining grapheme joiner.
  private static let ignoredScalar: UInt32 = 0x34F

  /// Keeps an ill-formed sequence, and returns the position after it.
  private mutating func keepInvalid(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ width: Int
  ) -> Int {
    invalidSequenceCount += 1
    begin(start, isSame: true)
    // In bounds: the sequence has `width` bytes.
    for at in start..<start + width { unsafe bytes.append(text[at]) }
    return start + width
  }

  private mutating func append(_ scalar: UInt32) {
    guard let encoded = Unicode.Scalar(scalar).flatMap({ UTF8.encode($0) }) else { return }
    bytes.append(contentsOf: encoded)
  }

  private mutating func begin(_ source: Int, isSame: Bool, at folded: Int? = nil) {
    if isSame, let last = places.last, last.isSame { return }
    places.append(Place(folded: folded ?? bytes.count, source: source, isSame: isSame))
  }

  /// The bytes of the text that a range of the folded text came from; the range must not be empty.
  ///
  /// - Complexity: O(log n) for n spans.
  func sourceRange(_ range: Range<Int>) -> Range<Int> {
    let (first, last) = (index(of: range.lowerBound), index(of: range.upperBound - 1))
    let (start, end) = (places[first], places[last])
    let lower = start.source + (start.isSame ? range.lowerBound - start.folded : 0)
    let upper =
      end.isSame ? end.source + range.upperBound - end.folded : places[last + 1].source
    return lower..<upper
  }

  /// The index of the span that contains a byte.
  private func index(of byte: Int) -> Int {
    var (low, high) = (0, places.count - 1)
    while low + 1 < high {
      let middle = (low + high) / 2
      if places[middle].folded <= byte { low = middle } else { high = middle }
    }
    return low
  }
}
