/// Reads a `clusters.jsonl` one member at a time, so memory does not grow with a cluster.
///
/// Not thread-safe.
///
/// All ranges are in bounds: `available` always lies within `storage`.
@safe package final class ClusterReader {
  /// A line that was read.
  package struct Cluster: Equatable {
    /// The number of the cluster.
    package var number: Int
    /// The number of its members.
    package var memberCount: Int
  }

  private let file: OpenFile
  private let storage: UnsafeMutableRawBufferPointer
  private var available = 0..<0
  private var lineCount = 0

  /// A member in bytes: more than the ids and names of a member need.
  private static let memberLimit = 64 << 20

  /// Opens the clusters of a results folder.
  ///
  /// - Throws: `cannotOpen`.
  package init(resultsFolder: BytePath) throws(CorpusError) {
    file = try OpenFile.file(reading: resultsFolder.appending(ResultsFolder.Name.clusters.path))
    unsafe storage = .allocate(byteCount: 1 << 20, alignment: 16)
  }

  deinit { unsafe storage.deallocate() }

  /// Reads the next cluster.
  ///
  /// - Parameters:
  ///   - limit: the number of members that are parsed; the others are counted.
  ///   - body: takes the number of the cluster, the index of a member from 0, and the member.
  /// - Returns: the cluster; nil after the last one.
  /// - Throws: `cannotRead`, `truncated`, or `invalidResults` with the line; and what `body` throws.
  package func next(
    members limit: Int = Int.max, _ body: (Int, Int, JSONTree) throws(CorpusError) -> Void
  ) throws(CorpusError) -> Cluster? {
    var line = Line()
    while true {
      if available.isEmpty {
        available = 0..<(unsafe try file.read(into: storage))
        guard !available.isEmpty else {
          guard line.isEmpty else {
            throw CorpusError(
              .truncated, "the last line is incomplete", path: file.path,
              line: UInt64(lineCount) + 1)
          }
          return nil
        }
      }
      var start = available.lowerBound
      for index in available {
        let byte = unsafe storage[index]
        guard byte != 0x0A else {
          lineCount += 1
          available = index + 1..<available.upperBound
          guard let cluster = line.cluster else { throw invalid("the line is not a cluster") }
          return cluster
        }
        switch line.read(byte) {
        case .between: break
        case .start: start = index
        case .end:
          if line.memberCount <= limit {
            unsafe line.append(storage[start...index])
            try body(line.number ?? 0, line.memberCount - 1, try tree(line.takeMember()))
          }
        case .wrong:
          lineCount += 1
          throw invalid("the line is not a cluster")
        }
      }
      if line.isInMember, line.memberCount < limit {
        unsafe line.append(storage[start..<available.upperBound])
        guard line.pieceByteCount <= Self.memberLimit else {
          lineCount += 1
          throw invalid("a member has more than \(Self.memberLimit) bytes")
        }
      }
      available = 0..<0
    }
  }

  private func tree(_ bytes: [UInt8]) throws(CorpusError) -> JSONTree {
    do throws(JSONSyntaxError) {
      return try JSONTree(parsing: bytes)
    } catch {
      lineCount += 1
      throw invalid(error.sentence)
    }
  }

  private func invalid(_ detail: String) -> CorpusError {
    .invalidResults(file.path, detail, line: UInt64(lineCount))
  }
}

/// What is known of a line while its bytes are read.
private struct Line {
  enum Event {
    case between, start, end, wrong
  }

  private(set) var memberCount = 0
  private(set) var number: Int?
  private(set) var isEmpty = true
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isClosed = false
  /// The last string or number directly in the object: its last string is the name of the value.
  private var name: [UInt8] = []
  private var isInMembers = false
  private var piece: [UInt8] = []

  private static let members = Array("members".utf8)
  private static let cluster = Array("cluster".utf8)

  var isInMember: Bool { isInMembers && depth > 2 }
  var pieceByteCount: Int { piece.count }

  /// The cluster, if the line has one.
  var cluster: ClusterReader.Cluster? {
    guard isClosed, let number else { return nil }
    return ClusterReader.Cluster(number: number, memberCount: memberCount)
  }

  mutating func append(_ bytes: Slice<UnsafeMutableRawBufferPointer>) {
    unsafe piece.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes))
  }

  mutating func takeMember() -> [UInt8] {
    defer { piece = [] }
    return piece
  }

  mutating func read(_ byte: UInt8) -> Event {
    isEmpty = false
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      if isInString, depth == 1 { name.append(byte) }
      return .between
    }
    switch byte {
    case UInt8(ascii: "\""):
      isInString = true
      if depth == 1 { name = [] }
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard !isClosed else { return .wrong }
      depth += 1
      if depth == 2 { isInMembers = name == Self.members }
      if depth == 3, isInMembers { return .start }
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth == 2, isInMembers {
        memberCount += 1
        return .end
      }
      if depth == 1 { isInMembers = false }
      if depth < 0 { return .wrong }
      isClosed = depth == 0
    case UInt8(ascii: "0")...UInt8(ascii: "9") where depth == 1 && name == Self.cluster:
      let (value, isTooLarge) = (number ?? 0).multipliedReportingOverflow(by: 10)
      guard !isTooLarge, value < Int.max - 9 else { return .wrong }
      number = value + Int(byte - UInt8(ascii: "0"))
    default:
      if isClosed, byte != 0x20, byte != 0x0D { return .wrong }
    }
    return .between
  }
}
