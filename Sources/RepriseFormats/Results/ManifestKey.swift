import RepriseSystem

/// What names a document in a manifest: an id, or a file and an offset.
package struct ManifestKey: Hashable, Sendable {
  /// The name as it was given.
  package let name: String
  /// The beginning of a manifest line with this id.
  private let idPrefix: [UInt8]
  /// What a manifest line of the file and offset contains; nil if the name has no offset.
  private let place: [UInt8]?

  /// Takes a name apart: `ID`, or `SOURCE@OFFSET`.
  package init(_ name: String) {
    self.name = name
    idPrefix = Array("{\"id\":".utf8) + Self.quoted(name)
    guard let mark = name.lastIndex(of: "@"), let offset = Int(name[name.index(after: mark)...])
    else {
      place = nil
      return
    }
    let source = Self.quoted(String(name[..<mark]))
    place = Array("\"source\":".utf8) + source + Array(",\"offset\":\(offset),".utf8)
  }

  /// The text as a JSON string, as a manifest has it.
  private static func quoted(_ text: String) -> [UInt8] {
    var writer = JSONWriter(capacity: 64)
    writer.string(text)
    return unsafe writer.buffer.withUnsafeBytes { unsafe Array($0) }
  }

  /// Whether a line of a manifest is that of a document with this name.
  package func matches(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let base = line.baseAddress else { return false }
    // In bounds: the lengths are compared first.
    if line.count >= idPrefix.count, unsafe memcmp(base, idPrefix, idPrefix.count) == 0 {
      return true
    }
    guard let place else { return false }
    return unsafe line.contains(place)
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes, of which there is one at least, occur in these.
  ///
  /// - Complexity: O(bytes) where few begin like them.
  package func contains(_ bytes: [UInt8]) -> Bool {
    guard let base = baseAddress, let first = bytes.first else { return false }
    var at = 0
    // In bounds: `at` and all that is compared is below `count`.
    while count - at >= bytes.count {
      let room = count - at - bytes.count + 1
      guard let found = unsafe memchr(base + at, Int32(first), room) else { return false }
      if unsafe memcmp(found, bytes, bytes.count) == 0 { return true }
      at = unsafe base.distance(to: found) + 1
    }
    return false
  }
}
