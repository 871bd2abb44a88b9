/// The exact similarity of ASCII texts by the plainest means; what is not ASCII separates words.
enum JaccardOracle {
  /// The runs of letters and digits, in lower case.
  static func tokens(_ text: String) -> [String] {
    let words = text.utf8.split { byte in
      let letter = byte | 0x20
      let isLetter = letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
      return !isLetter && (byte < UInt8(ascii: "0") || byte > UInt8(ascii: "9"))
    }
    return words.map { String(Substring($0)).lowercased() }
  }

  /// The set of runs of `length` words; of a shorter text all of its words.
  static func shingles(_ text: String, length: Int = 5) -> Set<String> {
    let tokens = tokens(text)
    guard !tokens.isEmpty else { return [] }
    let size = min(length, tokens.count)
    return Set((0...tokens.count - size).map { tokens[$0..<$0 + size].joined(separator: " ") })
  }

  /// What both have of what either has; 0 if neither has a word.
  static func similarity(_ left: String, _ right: String, length: Int = 5) -> Double {
    similarity(shingles(left, length: length), shingles(right, length: length))
  }

  /// What both sets have of what either has; 0 if both are empty.
  static func similarity(_ left: Set<String>, _ right: Set<String>) -> Double {
    let common = left.intersection(right).count
    let all = left.count + right.count - common
    return all == 0 ? 0 : Double(common) / Double(all)
  }
}
