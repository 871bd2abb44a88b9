/// An error of finding, reading or writing documents: the rule that was broken, the file, and the
/// location.
///
/// Reading a corpus collects these values as problems instead of stopping. A call that cannot
/// continue throws one.
package struct CorpusError: Error, Hashable, Sendable {
  /// The class of an error.
  ///
  /// It is stable enough to be written to results files and counted.
  package struct Reason: Hashable, Sendable, CustomStringConvertible {
    /// The name of the class in results files.
    package let name: String

    init(_ name: String) { self.name = name }

    /// The name of the class.
    package var description: String { name }
  }

  /// The class of the error.
  package var reason: Reason
  /// The file or folder, if there is one.
  package var path: BytePath?
  /// The byte offset of the error in the decoded file.
  package var byte: UInt64?
  /// The line of the error, counted from 1.
  package var line: UInt64?
  /// The number of the system error that caused this error, if there was one.
  package var errorNumber: Int32?
  /// The sentence without its subject, location and system error.
  var detail: String

  init(
    _ reason: Reason, _ detail: String, path: BytePath? = nil, byte: UInt64? = nil,
    line: UInt64? = nil, errorNumber: Int32? = nil
  ) {
    self.reason = reason
    self.detail = detail
    self.path = path
    self.byte = byte
    self.line = line
    self.errorNumber = errorNumber
  }
}

extension CorpusError.Reason {
  /// A file or folder does not exist or may not be opened.
  package static let cannotOpen = Self("cannot-open")
  /// The system failed to read from an open file.
  package static let cannotRead = Self("cannot-read")
  /// The system failed to write.
  package static let cannotWrite = Self("cannot-write")
  /// Compressed data ends before its last member or frame is complete.
  package static let truncated = Self("truncated")
  /// Compressed data is followed by other bytes.
  package static let trailingGarbage = Self("trailing-garbage")
  /// A file has the name of a compressed file, but different content.
  package static let notCompressed = Self("not-compressed")
  /// Compressed data breaks its format or checksum.
  package static let corrupt = Self("corrupt")
  /// The system has no memory left.
  ///
  /// Unlike a damaged file, this ends a run.
  package static let outOfMemory = Self("out-of-memory")
  /// A file has changed since it was found.
  package static let changed = Self("changed")
  /// The encoding of a text is not supported.
  package static let encoding = Self("encoding")
  /// A record is larger than the limit.
  package static let recordTooLong = Self("record-too-long")
  /// A regular expression or a file name pattern is invalid.
  package static let invalidPattern = Self("invalid-pattern")
  /// Matching a line took too many steps and was stopped.
  package static let patternLimit = Self("pattern-limit")
  /// Some passages of a document were not followed, because the document repeats itself or a
  /// different one too often.
  package static let passageLimit = Self("passage-limit")
  /// There is no file to read, or none that a pattern selects.
  package static let nothingFound = Self("nothing-found")
  /// Two inputs would be written with the same name.
  package static let nameCollision = Self("name-collision")
}
