internal import RepriseCorpus

/// The ids and titles of all documents, in an unlinked file: they are many bytes, and wanted again
/// only when the results are written.
///
/// A label is a 32-bit line number (from its part's first line, as 1; 0 for a document that is a
/// whole file), the byte counts of its id and of its title as 32 bits each, the id and the title.
final class LabelStore: Sendable {
  private let file: SpoolFile

  /// Creates the store's file in a folder that exists.
  init(in folder: FilePath) throws(CorpusError) {
    file = try SpoolFile(in: folder)
  }

  /// Stores the labels of a chunk and returns where they are.
  func append(_ labels: [UInt8]) throws(CorpusError) -> Range<UInt64> {
    try file.append(labels)
  }

  /// Reads the labels of a chunk.
  func read(_ range: Range<UInt64>) throws(CorpusError) -> [UInt8] {
    try file.read(range)
  }

  /// Reads one label.
  func label(chunk: Range<UInt64>, offset: UInt32) throws(CorpusError) -> Label {
    let start = chunk.lowerBound + UInt64(offset)
    let guess = min(chunk.upperBound, start + 256)
    let label = Label(try file.read(start..<guess), at: 0)
    if let label { return label }
    guard let label = Label(try file.read(start..<chunk.upperBound), at: 0) else {
      preconditionFailure("a label lies within its chunk")
    }
    return label
  }
}

/// What a document is called.
struct Label {
  /// The line it begins on, counted from its part's first, as 1; 0 for a whole file.
  var line: Int
  /// Its id, if the record has one.
  var id: ArraySlice<UInt8>
  var title: ArraySlice<UInt8>

  private static let headerByteCount = 12

  /// Reads the label that begins at `offset`; nil if it does not end within the bytes.
  init?(_ bytes: [UInt8], at offset: Int) {
    func number(_ place: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(bytes[offset + 4 * place + $1]) << (8 * $1) }
    }
    guard bytes.count >= offset + Self.headerByteCount else { return nil }
    let idStart = offset + Self.headerByteCount
    let titleStart = idStart + number(1)
    let end = titleStart + number(2)
    guard end <= bytes.count else { return nil }
    line = number(0)
    id = bytes[idStart..<titleStart]
    title = bytes[titleStart..<end]
  }

  /// Appends a label.
  static func append(
    line: Int, id: UnsafeRawBufferPointer, title: UnsafeRawBufferPointer, to labels: inout [UInt8]
  ) {
    for number in [line, id.count, title.count] {
      for byte in 0..<4 { labels.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
    }
    unsafe labels.append(contentsOf: id)
    unsafe labels.append(contentsOf: title)
  }
}
