/// A path as the bytes that the system uses, which need not be valid UTF-8.
public struct BytePath: Hashable, Sendable {
  /// The bytes, without a terminating zero.
  public var bytes: [UInt8]

  /// Creates a path from its bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Creates a path from the UTF-8 of a string, for instance a command-line argument.
  public init(_ text: String) { self.bytes = Array(text.utf8) }

  /// The component after the last separator, ignoring trailing separators; empty for the root
  /// folder.
  package var lastComponent: BytePath {
    var end = bytes.endIndex
    while end > 0, bytes[end - 1] == Self.separator { end -= 1 }
    let start = bytes[..<end].lastIndex(of: Self.separator).map { $0 + 1 } ?? 0
    return BytePath(Array(bytes[start..<end]))
  }

  /// The path without trailing separators.
  ///
  /// With them, the system follows a symbolic link.
  var withoutLastSeparators: BytePath {
    let end = bytes.lastIndex { $0 != Self.separator }
    return end.map { BytePath(Array(bytes[...$0])) } ?? self
  }

  /// Returns this path followed by a relative path.
  package func appending(_ other: BytePath) -> BytePath {
    if bytes.isEmpty { return other }
    if other.bytes.isEmpty { return self }
    let separator = bytes.last == Self.separator ? [] : [Self.separator]
    return BytePath(bytes + separator + other.bytes)
  }

  /// True if this path begins at the root folder.
  package var isAbsolute: Bool { bytes.first == Self.separator }

  /// Returns whether the path ends with `suffix`, ignoring the case of ASCII letters.
  func hasSuffix(_ suffix: StaticString) -> Bool {
    let count = suffix.utf8CodeUnitCount
    guard bytes.count >= count else { return false }
    return suffix.withUTF8Buffer { wanted in
      unsafe zip(bytes.suffix(count), wanted).allSatisfy { byte, other in
        (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) == other
      }
    }
  }

  func withCString<Value, Failure: Error>(
    _ body: (UnsafePointer<CChar>) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    var terminated = bytes.map { CChar(bitPattern: $0) }
    terminated.append(0)
    return unsafe try terminated.withUnsafeBufferPointer { buffer throws(Failure) in
      guard let base = buffer.baseAddress else { preconditionFailure("a terminated path") }
      return unsafe try body(base)
    }
  }

  static let separator = UInt8(ascii: "/")
}

extension BytePath: Comparable {
  /// Compares the paths byte by byte within each component, so that the content of a folder follows
  /// it.
  public static func < (left: BytePath, right: BytePath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes) { first, second in
      // A separator ends a component, so it sorts before every byte of a longer name.
      (first == separator ? 0 : first) < (second == separator ? 0 : second)
    }
  }
}

extension BytePath: ExpressibleByStringInterpolation {
  /// Creates a path from the UTF-8 of a literal.
  public init(stringLiteral value: String) { self.init(value) }
}

extension BytePath: CustomStringConvertible {
  /// The path for display: invalid UTF-8 is replaced, and control characters are escaped.
  public var description: String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      text += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    return text
  }
}
