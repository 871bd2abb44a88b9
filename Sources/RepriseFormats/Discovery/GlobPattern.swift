/// A file name pattern: `*` and `?` in a name, `[a-z]` and `[!a-z]`, `**` across folders, `{a,b}`,
/// and `\` before a literal character.
///
/// A pattern without a slash is matched against the last component, and one with a slash against
/// the whole path below the searched folder. A slash at the end matches only folders. The matching
/// time is bounded by the product of the lengths.
package struct GlobPattern: Sendable {
  /// The pattern as it was written.
  let text: String
  private var alternatives: [[GlobToken]]
  private let isWholePath: Bool
  private let isFolderOnly: Bool

  /// Compiles a pattern.
  ///
  /// - Throws: `invalidPattern` for an unclosed bracket or brace, or for more than 1,000
  ///   alternatives.
  package init(_ pattern: String) throws(CorpusError) {
    text = pattern
    var scalars = GlobText.scalars(Array(pattern.utf8))
    isFolderOnly = scalars.count > 1 && scalars.last == GlobText.slash
    if isFolderOnly { scalars.removeLast() }
    isWholePath = scalars.contains(GlobText.slash)
    if scalars.first == GlobText.slash { scalars.removeFirst() }
    do throws(GlobFailure) {
      alternatives = []
      for alternative in try GlobBraces.expand(scalars) {
        alternatives.append(try GlobToken.parse(alternative))
      }
    } catch {
      throw CorpusError(
        .invalidPattern, "invalid file name pattern \"\(pattern)\": \(error.message)")
    }
  }

  /// Returns whether a path relative to the searched folder matches.
  package func matches(_ path: BytePath, isFolder: Bool) -> Bool {
    if isFolderOnly && !isFolder { return false }
    let text = GlobText.scalars(isWholePath ? path.bytes : path.lastComponent.bytes)
    return alternatives.contains { GlobMatcher.matches($0, text) }
  }
}

/// The reason why a pattern is invalid.
struct GlobFailure: Error {
  var message: String
}

/// Converts names to numbers: Unicode scalars, and for invalid UTF-8 one number per byte above all
/// scalars.
enum GlobText {
  static let slash: UInt32 = 0x2F

  static func scalars(_ bytes: [UInt8]) -> [UInt32] {
    var result: [UInt32] = []
    var decoder = UTF8()
    var index = 0
    while index < bytes.count {
      var iterator = bytes[index...].makeIterator()
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        result.append(scalar.value)
        index += UTF8.width(scalar)
      case .emptyInput, .error:
        result.append(0x110000 + UInt32(bytes[index]))
        index += 1
      }
      decoder = UTF8()
    }
    return result
  }
}
