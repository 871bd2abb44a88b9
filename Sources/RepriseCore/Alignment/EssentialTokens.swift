/// Tokens without which a sentence says something else: numbers and negations.
package enum EssentialTokens {
  /// Words that negate, folded, in languages that many corpora have.
  ///
  /// Languages that negate by an ending or a prefix are not covered.
  private static let negations: Set<String> = [
    "no", "not", "never", "none", "nothing", "nobody", "neither", "nor", "without", "cannot", "t",
    "nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "ohne",
    "ne", "pas", "jamais", "aucun", "aucune", "rien", "sans", "ni", "non", "nunca", "jamás",
    "ningún", "ninguna", "sin", "nada", "não", "sem", "nenhum", "mai", "senza", "nessun", "niet",
    "geen", "nooit", "zonder", "inte", "ingen", "aldrig", "utan", "ikke", "не", "нет", "ни",
    "никогда", "без", "bez", "لا", "لم", "لن", "ليس", "ما", "नहीं", "न", "मत", "不", "没", "沒",
    "無", "无", "未", "非", "ず", "ぬ", "ไม่",
  ]

  /// The positions of a text's essential tokens, ascending.
  /// - Complexity: O(bytes).
  package static func positions(in text: borrowing TokenizedText) -> [UInt32] {
    var positions: [UInt32] = []
    let bytes = text.bytes
    for index in 0..<text.count {
      let range = text.range(ofToken: index)
      let token = unsafe bytes.extracting(range).withUnsafeBytes {
        unsafe String(decoding: $0, as: UTF8.self)
      }
      let folded = text.rules.countsCase ? token.lowercased() : token
      if negations.contains(folded) || token.unicodeScalars.contains(where: isNumber) {
        positions.append(UInt32(index))
      }
    }
    return positions
  }

  private static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: true
    default: false
    }
  }
}
