/// Finds the elements of a JSON array in its bytes, in pieces of any size.
///
/// It looks at brackets, quotes and commas alone; whoever reads an element checks it.
struct ArrayScanner {
  private var nesting = JSONNesting()
  private var element = Element.none
  private var isOpened: Bool

  /// The kind of the element that has begun.
  private enum Element { case none, nested, scalar }

  /// What was found.
  enum Token: Equatable {
    /// An element begins.
    case element(start: Int)
    /// A comma between elements.
    case comma(Int)
    /// The array ends.
    case end(Int)
  }

  /// Creates a scanner.
  ///
  /// - Parameter isOpened: true if the bytes come after the bracket that opens the array.
  init(isOpened: Bool) { self.isOpened = isOpened }

  /// Returns the next comma, beginning of an element or end of the array; nil if there is none.
  ///
  /// No element may have begun.
  ///
  /// - Complexity: O(bytes that are skipped).
  mutating func token(in bytes: UnsafeRawBufferPointer, from start: Int) -> Token? {
    var place = start
    // In bounds: `place` is below the count.
    while place < bytes.count {
      let byte = unsafe bytes[place]
      let isOpening = !isOpened && byte == UInt8(ascii: "[")
      if isOpening || JSONShape.isSpace(byte) {
        if isOpening { isOpened = true }
        place += 1
        continue
      }
      // Of bytes without a bracket at the start, none later opens the array.
      isOpened = true
      switch byte {
      case UInt8(ascii: ","): return .comma(place)
      case UInt8(ascii: "]"): return .end(place)
      case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""):
        element = .nested
        return .element(start: place)
      default:
        element = .scalar
        return .element(start: place)
      }
    }
    return nil
  }

  /// Returns the end of the element that has begun; nil if it continues after the bytes.
  ///
  /// - Complexity: O(bytes of the element).
  mutating func elementEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    let end: Int?
    if element == .scalar {
      // An element never begins with one of these bytes, so each has a byte at least.
      end = unsafe bytes[start...].firstIndex { byte in
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || JSONShape.isSpace(byte)
      }
    } else {
      end = unsafe nesting.end(in: bytes, from: start)
    }
    if end != nil { (element, nesting) = (.none, JSONNesting()) }
    return end
  }

  /// Returns the first end of an element in the bytes; nil if there is none, and then the next bytes
  /// go on where these end.
  ///
  /// - Complexity: O(bytes).
  mutating func nextEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var place = start
    while element == .none {
      switch unsafe token(in: bytes, from: place) {
      case .element(let first): place = first
      case .comma(let comma), .end(let comma): place = comma + 1
      case nil: return nil
      }
    }
    return unsafe elementEnd(in: bytes, from: place)
  }
}
