extension CorpusError.Reason {
  /// A JSON Lines record is not valid JSON.
  public static let malformedRecord = Self("malformed-json")
  /// A line of a JSON Lines file holds nothing but white space: no record, and no problem.
  public static let blankRecord = Self("blank-line")
  /// A JSON Lines record is a JSON value other than an object.
  public static let notAnObject = Self("not-an-object")
  /// A record has no text field.
  public static let missingText = Self("missing-text")
  /// A record's text field is not a string.
  public static let textNotString = Self("text-not-a-string")
  /// A text has byte sequences that are not UTF-8; each was read as U+FFFD.
  public static let invalidUTF8 = Self("invalid-utf-8")
  /// A text has bytes that mean nothing in its encoding, which is not UTF-8; each sequence of them was
  /// read as U+FFFD.
  public static let invalidEncoding = Self("invalid-encoding")
  /// What a text file holds is no text.
  public static let notText = Self("not-text")
  /// A text has escapes of one half of a surrogate pair; each was read as U+FFFD.
  public static let loneSurrogate = Self("lone-surrogate")
  /// Two documents have the same id.
  public static let duplicateID = Self("duplicate-id")
  /// A record's field for the keep order is missing or not what the order needs.
  public static let missingOrder = Self("missing-order-field")
}
