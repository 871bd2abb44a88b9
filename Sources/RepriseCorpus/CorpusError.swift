/// A failure to find, read or write documents: what rule was broken, in which file, and where.
///
/// Reading a corpus collects these values as problems instead of stopping; a call that cannot go on
/// at all throws one.
public struct CorpusError: Error, Hashable, Sendable {
  /// The class of a failure, stable enough to be written to a results file and counted.
  public struct Reason: Hashable, Sendable, CustomStringConvertible {
    /// The name under which results files report this class.
    public let name: String

    init(_ name: String) { self.name = name }

    /// The same as `name`.
    public var description: String { name }
  }

  /// What kind of failure this is.
  public var reason: Reason
  /// The file or folder concerned, if there is one.
  public var path: BytePath?
  /// Bytes from the start of the decoded file to the place concerned.
  public var byte: UInt64?
  /// The line concerned, counted from 1.
  public var line: UInt64?
  /// The number of the system error behind the failure, if the system reported one.
  public var errorNumber: Int32?
  /// The sentence without its subject, place and system error.
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
  /// The system failed to deliver bytes of an open file.
  public static let cannotRead = Self("cannot-read")
  /// The system failed to store bytes.
  public static let cannotWrite = Self("cannot-write")
  /// Compressed data ends before its last part is complete.
  public static let truncated = Self("truncated")
  /// Bytes follow the last complete part of compressed data that do not begin another.
  public static let trailingGarbage = Self("trailing-garbage")
  /// A file with the name of a compressed one does not begin as one.
  public static let notCompressed = Self("not-compressed")
  /// Compressed data breaks its own format or checksum.
  public static let corrupt = Self("corrupt")
  /// The system has no memory left for what must be done; unlike a damaged file, this ends a run.
  public static let outOfMemory = Self("out-of-memory")
  /// A file is no longer the one that was found.
  public static let changed = Self("changed")
  /// The text is in an encoding that is not read.
  public static let encoding = Self("encoding")
  /// A record is longer than the limit.
  public static let recordTooLong = Self("record-too-long")
  /// A regular expression or a file name pattern cannot be compiled.
  public static let invalidPattern = Self("invalid-pattern")
  /// Matching a line was given up because it took too many steps.
  public static let patternLimit = Self("pattern-limit")
  /// Finding the passages of a document was given up in part because it repeats itself too often.
  public static let passageLimit = Self("passage-limit")
  /// Two inputs would be written under the same name.
  public static let nameCollision = Self("name-collision")
}
