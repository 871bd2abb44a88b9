/// A path as the bytes that the system uses, which need not be text.
public struct BytePath: Hashable, Sendable {
  /// The bytes, without a terminating zero.
  public var bytes: [UInt8]

  /// Takes a path's bytes as they are.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Takes the UTF-8 of a string, for instance a command's argument.
  public init(_ text: String) { self.bytes = Array(text.utf8) }

  /// The part after the last separator, trailing separators ignored; empty for the root folder.
  public var lastComponent: BytePath {
    var end = bytes.endIndex
    while end > 0, bytes[end - 1] == Self.separator { end -= 1 }
    let start = bytes[..<end].lastIndex(of: Self.separator).map { $0 + 1 } ?? 0
    return BytePath(Array(bytes[start..<end]))
  }

  /// The path without separators after its last name: with them the system follows a link.
  var withoutLastSeparators: BytePath {
    let end = bytes.lastIndex { $0 != Self.separator }
    return end.map { BytePath(Array(bytes[...$0])) } ?? self
  }

  /// This path followed by another one below it.
  public func appending(_ other: BytePath) -> BytePath {
    if bytes.isEmpty { return other }
    if other.bytes.isEmpty { return self }
    let separator = bytes.last == Self.separator ? [] : [Self.separator]
    return BytePath(bytes + separator + other.bytes)
  }

  /// Whether this path begins at the root folder.
  public var isAbsolute: Bool { bytes.first == Self.separator }

  /// Whether the path's last bytes are these, in either case of ASCII letters.
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
  /// Orders by the bytes of one component after the other, so that a folder's content follows it.
  public static func < (left: BytePath, right: BytePath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes) { first, second in
      // A separator ends a component, so it comes before every byte of a longer name.
      (first == separator ? 0 : first) < (second == separator ? 0 : second)
    }
  }
}

extension BytePath: ExpressibleByStringInterpolation {
  /// Takes the UTF-8 of a literal.
  public init(stringLiteral value: String) { self.init(value) }
}

extension BytePath: CustomStringConvertible {
  /// The path for people: bytes that are not UTF-8 replaced, control characters escaped.
  public var description: String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      text += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    return text
  }
}
