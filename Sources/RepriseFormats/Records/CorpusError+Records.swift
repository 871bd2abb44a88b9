extension CorpusError.Reason {
  /// A JSON Lines record is not valid JSON.
  package static let malformedRecord = Self("malformed-json")
  /// A line of a JSON Lines file is blank.
  ///
  /// It is not a record, and not a problem.
  package static let blankRecord = Self("blank-line")
  /// A JSON Lines record is a JSON value other than an object.
  package static let notAnObject = Self("not-an-object")
  /// A record has no text field.
  package static let missingText = Self("missing-text")
  /// A record's text field is not a string.
  package static let textNotString = Self("text-not-a-string")
  /// A text has invalid UTF-8, which is compared byte for byte.
  package static let invalidUTF8 = Self("invalid-utf-8")
  /// A text in an encoding other than UTF-8 has invalid bytes; each invalid sequence was read as
  /// U+FFFD.
  package static let invalidEncoding = Self("invalid-encoding")
  /// A row of a table, or its header, breaks a rule of RFC 4180, or has another number of fields
  /// than the header.
  package static let malformedRow = Self("malformed-csv")
  /// A table has no header, or no rows.
  package static let emptyTable = Self("empty-table")
  /// An input has a known format that is not read.
  package static let otherFormat = Self("other-format")
  /// The content of a text file is not text.
  package static let notText = Self("not-text")
  /// A text has lone surrogate escapes; each was read as U+FFFD.
  package static let loneSurrogate = Self("lone-surrogate")
  /// Two documents have the same id.
  package static let duplicateID = Self("duplicate-id")
  /// A record's field for the keep order is missing, or does not have the form that the order
  /// needs.
  package static let missingOrder = Self("missing-order-field")
  /// No record has a field that the run needs.
  package static let missingField = Self("missing-field")
  /// The classes of problems of an input that may be gone when it is read again.
  package static let ofFailedInputs: [Self] = [.cannotOpen, .cannotRead, .changed]
}

extension CorpusError {
  /// The error of a run in which no record has a text.
  ///
  /// - Parameter problem: the problem of the first record.
  /// - Returns: the error.
  package static func absentText(_ problem: Problem) -> Self {
    // The message about a whole file already names the file, and maybe a line.
    let place = "\"\(problem.source)\": "
    let message = problem.message.dropFirst(problem.message.hasPrefix(place) ? place.count : 0)
    var error = Self(.missingField, "no record has the text: \(message.dropLast())")
    guard !message.hasPrefix("\"\(problem.source)\"") else { return error }
    error.path = BytePath(problem.source)
    error.line = problem.line.map { UInt64($0) }
    return error
  }

  /// The error of a run in which no record has a field.
  ///
  /// - Parameters:
  ///   - field: the name of the field.
  ///   - use: what the field is for.
  ///   - seen: the names of the fields of a record, or none if they are not known.
  /// - Returns: the error.
  package static func absentField(_ field: String, _ use: String, seen: [String]) -> Self {
    let names = seen.map { "\"\($0)\"" }.joined(separator: ", ")
    let others = seen.isEmpty ? "" : "; the first record has \(names)"
    return Self(.missingField, "No record has the field \"\(field)\" for \(use)\(others)")
  }
}
