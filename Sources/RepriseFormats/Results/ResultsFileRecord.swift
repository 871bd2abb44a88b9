internal import Synchronization

/// A file of a results folder as `summary.json` lists it, so that changed or shortened files are
/// detected.
package struct ResultsFileRecord: Hashable, Sendable {
  /// The name of the file in the folder.
  package var name: String
  /// The number of its lines.
  package var lineCount: Int
  /// Its size and hash.
  package var checksum: FileChecksum

  /// Creates a record.
  package init(name: String, lineCount: Int, checksum: FileChecksum) {
    self.name = name
    self.lineCount = lineCount
    self.checksum = checksum
  }
}

extension ResultsFileRecord {
  /// The JSON form.
  var tree: JSONTree {
    [
      "name": .string(name),
      "lines": .integer(lineCount),
      "bytes": .integer(Int(clamping: checksum.byteCount)),
      "xxh3": .string(checksum.description),
    ]
  }

  /// Reads the JSON form; `nil` if a field is missing or has a value that no run writes.
  init?(_ tree: JSONTree) {
    guard let name = tree["name"]?.string, let lineCount = tree["lines"]?.integer,
      let checksum = FileChecksum(tree)
    else { return nil }
    self.init(name: name, lineCount: lineCount, checksum: checksum)
  }
}

extension FileChecksum {
  /// Reads the fields `bytes` and `xxh3` of an object; `nil` if one is missing or not a number.
  init?(_ tree: JSONTree) {
    guard let byteCount = tree["bytes"]?.integer, byteCount >= 0,
      let digits = tree["xxh3"]?.string, digits.utf8.count == 16,
      let hash = UInt64(digits, radix: 16)
    else { return nil }
    self.init(hash: hash, byteCount: UInt64(byteCount))
  }
}

/// The complete files of a results folder that is being written.
final class FinishedFiles: Sendable {
  private let records = Mutex<[String: ResultsFileRecord]>([:])

  func add(_ record: ResultsFileRecord) { records.withLock { $0[record.name] = record } }

  /// The files in the order in which their names are declared.
  var all: [ResultsFileRecord] {
    records.withLock { records in
      ResultsFolder.Name.allCases.compactMap { records[$0.rawValue] }
    }
  }
}
