import CKernels

/// Normalizes scalars to Normalization Form C of Unicode 15.0, or, with folding, to form KC or
/// without accents.
///
/// Reuses its storage from call to call. Do not use it for text that the quick check already finds
/// normalized: `UnicodeTables.entry` tells that much faster, by its NFC flag and its combining
/// class.
package struct CanonicalComposition {
  /// Scalars in the low 24 bits, their canonical combining class above.
  private var decomposed: [UInt32] = []
  private var unsorted: [UInt32] = []
  private let folding: Folding

  /// Creates a composition.
  package init(folding: Folding = []) { self.folding = folding }

  /// Replaces scalars, each below 0x110000, with their normalized form.
  ///
  /// - Complexity: O(n), for any number of consecutive combining marks.
  package mutating func compose(_ scalars: inout [UInt32]) {
    decompose(scalars)
    orderMarks()
    recompose(into: &scalars)
  }

  private mutating func decompose(_ scalars: [UInt32]) {
    decomposed.removeAll(keepingCapacity: true)
    for scalar in scalars {
      if Hangul.isSyllable(scalar) {
        Hangul.appendDecomposition(of: scalar, to: &decomposed)
      } else {
        UnicodeTables.withDecomposition(of: scalar, folding) { part in
          if folding.contains(.accents), Folding.isAccent(part) { return }
          decomposed.append(UnicodeTables.combiningClass(of: part) << 24 | part)
        }
      }
    }
  }

  /// Sorts each sequence of marks by combining class; marks of equal class keep their order.
  private mutating func orderMarks() {
    var start = 0
    while start < decomposed.count {
      var end = start
      var isOrdered = true
      var lastClass: UInt32 = 0
      while end < decomposed.count, decomposed[end] >> 24 != 0 {
        isOrdered = isOrdered && lastClass <= decomposed[end] >> 24
        lastClass = decomposed[end] >> 24
        end += 1
      }
      if !isOrdered {
        sortMarks(start..<end)
      }
      start = end + 1
    }
  }

  private mutating func sortMarks(_ run: Range<Int>) {
    // A counting sort has 256 extra steps; up to about this length insertion needs fewer.
    if run.count <= 24 {
      sortMarksByInsertion(run)
    } else {
      sortMarksByCounting(run)
    }
  }

  private mutating func sortMarksByInsertion(_ run: Range<Int>) {
    for next in run.dropFirst() {
      let mark = decomposed[next]
      var place = next
      while place > run.lowerBound, decomposed[place - 1] >> 24 > mark >> 24 {
        decomposed[place] = decomposed[place - 1]
        place -= 1
      }
      decomposed[place] = mark
    }
  }

  private mutating func sortMarksByCounting(_ run: Range<Int>) {
    var places = [Int](repeating: 0, count: 257)
    for mark in decomposed[run] {
      places[Int(mark >> 24) + 1] += 1
    }
    for index in 1..<places.count {
      places[index] += places[index - 1]
    }
    unsorted.removeAll(keepingCapacity: true)
    unsorted.append(contentsOf: decomposed[run])
    for mark in unsorted {
      let combiningClass = Int(mark >> 24)
      decomposed[run.lowerBound + places[combiningClass]] = mark
      places[combiningClass] += 1
    }
  }

  private func recompose(into scalars: inout [UInt32]) {
    scalars.removeAll(keepingCapacity: true)
    var starter: Int?
    var lastClass: UInt32 = 0
    for packed in decomposed {
      let scalar = packed & 0xFF_FFFF
      let combiningClass = packed >> 24
      if let starter {
        // They compose if nothing is between them, or only marks of lower classes.
        let meets = starter == scalars.count - 1 || lastClass < combiningClass
        if meets, let composite = Self.composite(of: scalars[starter], scalar) {
          scalars[starter] = composite
          continue
        }
      }
      if combiningClass == 0 {
        starter = scalars.count
      }
      lastClass = combiningClass
      scalars.append(scalar)
    }
  }

  private static func composite(of first: UInt32, _ second: UInt32) -> UInt32? {
    Hangul.composite(of: first, second) ?? UnicodeTables.composite(of: first, second)
  }
}

/// The arithmetic of Hangul syllables (The Unicode Standard 15.0, section 3.12).
private enum Hangul {
  static let syllables: UInt32 = 0xAC00
  static let leads: UInt32 = 0x1100
  static let vowels: UInt32 = 0x1161
  static let tails: UInt32 = 0x11A7
  static let leadCount: UInt32 = 19
  static let vowelCount: UInt32 = 21
  /// Includes "no tail", so the first tail is `tails + 1`.
  static let tailCount: UInt32 = 28

  static func isSyllable(_ scalar: UInt32) -> Bool {
    scalar >= syllables && scalar < syllables + leadCount * vowelCount * tailCount
  }

  static func appendDecomposition(of syllable: UInt32, to scalars: inout [UInt32]) {
    let index = syllable - syllables
    scalars.append(leads + index / (vowelCount * tailCount))
    scalars.append(vowels + index / tailCount % vowelCount)
    if index % tailCount != 0 {
      scalars.append(tails + index % tailCount)
    }
  }

  static func composite(of first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= leads, first < leads + leadCount {
      guard second >= vowels, second < vowels + vowelCount else { return nil }
      return syllables + ((first - leads) * vowelCount + second - vowels) * tailCount
    }
    guard isSyllable(first), (first - syllables) % tailCount == 0 else { return nil }
    guard second > tails, second < tails + tailCount else { return nil }
    return first + second - tails
  }
}

/// Reads the generated Unicode tables.
///
/// All raw access to the tables is here. It is in bounds because every buffer has the length that
/// the generator wrote next to its table, and the offsets in the tables are below these lengths.
package enum UnicodeTables {
  /// The properties of a scalar, as bits that the header of the tables describes.
  package static func entry(_ scalar: UInt32) -> UInt32 {
    precondition(scalar < REPRISE_UNICODE_SCALAR_LIMIT, "not a Unicode scalar")
    return reprise_unicode_entry(scalar)
  }

  static func combiningClass(of scalar: UInt32) -> UInt32 {
    entry(scalar) >> UInt32(REPRISE_UNICODE_COMBINING_CLASS_SHIFT)
      & REPRISE_UNICODE_COMBINING_CLASS_MASK
  }

  /// Calls `body` with each scalar of the full decomposition: the compatibility decomposition if
  /// that is folded, else the canonical one.
  static func withDecomposition(of scalar: UInt32, _ folding: Folding, _ body: (UInt32) -> Void) {
    guard folding.contains(.compatibility), scalar >= 0x80 else {
      return withDecomposition(of: scalar, body)
    }
    let keys = unsafe UnsafeBufferPointer(
      start: reprise_unicode_compatibility_keys_base(),
      count: Int(REPRISE_UNICODE_COMPATIBILITIES))
    guard let index = unsafe position(of: scalar, in: keys) else {
      return withDecomposition(of: scalar, body)
    }
    let offsets = unsafe UnsafeBufferPointer(
      start: reprise_unicode_compatibility_offsets_base(), count: keys.count + 1)
    let scalars = unsafe UnsafeBufferPointer(
      start: reprise_unicode_compatibility_scalars_base(),
      count: Int(REPRISE_UNICODE_COMPATIBILITY_SCALARS))
    for place in unsafe offsets[index]..<offsets[index + 1] {
      unsafe body(scalars[Int(place)])
    }
  }

  /// Calls `body` with each scalar of the full canonical decomposition.
  ///
  /// A scalar without a decomposition, and a Hangul syllable, which decomposes by arithmetic, is
  /// passed unchanged.
  ///
  /// - Complexity: O(log n) of the table's 2,061 scalars; O(1) below the first of them.
  static func withDecomposition(of scalar: UInt32, _ body: (UInt32) -> Void) {
    let keys = unsafe UnsafeBufferPointer(
      start: reprise_unicode_decomposition_keys_base(),
      count: Int(REPRISE_UNICODE_DECOMPOSITIONS))
    guard unsafe scalar >= keys[0], let index = unsafe position(of: scalar, in: keys) else {
      return body(scalar)
    }
    let offsets = unsafe UnsafeBufferPointer(
      start: reprise_unicode_decomposition_offsets_base(), count: keys.count + 1)
    let scalars = unsafe UnsafeBufferPointer(
      start: reprise_unicode_decomposition_scalars_base(),
      count: Int(REPRISE_UNICODE_DECOMPOSITION_SCALARS))
    for place in unsafe offsets[index]..<offsets[index + 1] {
      unsafe body(scalars[Int(place)])
    }
  }

  /// The primary composite of two scalars; nil if there is none, if composition excludes it, or if
  /// it is a Hangul syllable.
  static func composite(of first: UInt32, _ second: UInt32) -> UInt32? {
    let keys = unsafe UnsafeBufferPointer(
      start: reprise_unicode_composite_keys_base(), count: Int(REPRISE_UNICODE_COMPOSITES))
    let composites = unsafe UnsafeBufferPointer(
      start: reprise_unicode_composite_scalars_base(), count: keys.count)
    let key = UInt64(first) << 32 | UInt64(second)
    guard let index = unsafe position(of: key, in: keys) else { return nil }
    return unsafe composites[index]
  }

  private static func position<Key: Comparable>(
    of key: Key, in keys: UnsafeBufferPointer<Key>
  ) -> Int? {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if unsafe keys[middle] < key {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return unsafe low < keys.count && keys[low] == key ? low : nil
  }
}
