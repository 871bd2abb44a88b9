/// An error of finding, reading or writing documents: the rule that was broken, the file, and the
/// location.
///
/// Reading a corpus collects these values as problems instead of stopping. A call that cannot
/// continue throws one.
public struct CorpusError: Error, Hashable, Sendable {
  /// The class of an error.
  ///
  /// It is stable enough to be written to results files and counted.
  public struct Reason: Hashable, Sendable, CustomStringConvertible {
    /// The name of the class in results files.
    public let name: String

    init(_ name: String) { self.name = name }

    /// The name of the class.
    public var description: String { name }
  }

  /// The class of the error.
  public var reason: Reason
  /// The file or folder, if there is one.
  public var path: BytePath?
  /// The byte offset of the error in the decoded file.
  public var byte: UInt64?
  /// The line of the error, counted from 1.
  public var line: UInt64?
  /// The number of the system error that caused this error, if there was one.
  public var errorNumber: Int32?
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
  public static let cannotOpen = Self("cannot-open")
  /// The system failed to read from an open file.
  public static let cannotRead = Self("cannot-read")
  /// The system failed to write.
  public static let cannotWrite = Self("cannot-write")
  /// Compressed data ends before its last member or frame is complete.
  public static let truncated = Self("truncated")
  /// Compressed data is followed by other bytes.
  public static let trailingGarbage = Self("trailing-garbage")
  /// A file has the name of a compressed file, but different content.
  public static let notCompressed = Self("not-compressed")
  /// Compressed data breaks its format or checksum.
  public static let corrupt = Self("corrupt")
  /// The system has no memory left.
  ///
  /// Unlike a damaged file, this ends a run.
  public static let outOfMemory = Self("out-of-memory")
  /// A file has changed since it was found.
  public static let changed = Self("changed")
  /// The encoding of a text is not supported.
  public static let encoding = Self("encoding")
  /// A record is larger than the limit.
  public static let recordTooLong = Self("record-too-long")
  /// A regular expression or a file name pattern is invalid.
  public static let invalidPattern = Self("invalid-pattern")
  /// Matching a line took too many steps and was stopped.
  public static let patternLimit = Self("pattern-limit")
  /// Some passages of a document were not followed, because the document repeats itself or a
  /// different one too often.
  public static let passageLimit = Self("passage-limit")
  /// There is no file to read, or none that a pattern selects.
  public static let nothingFound = Self("nothing-found")
  /// Two inputs would be written with the same name.
  public static let nameCollision = Self("name-collision")
}
