internal import RepriseCorpus
internal import Synchronization

/// The ids and titles of all documents, in an unlinked file: they are many bytes, and wanted again
/// only when the results are written.
///
/// A label is a 32-bit line number (from its part's first line, as 1; 0 for a document that is a
/// whole file), the byte counts of its id and of its title as 32 bits each, the id and the title. Of a
/// document that could not be read, the title is the class of its problem.
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

  /// The labels, once all are stored.
  func finish() throws(CorpusError) -> Labels { Labels(try file.mapped()) }
}

/// Stored labels.
struct Labels: Sendable {
  private let mapped: MappedBytes

  init(_ mapped: MappedBytes) { self.mapped = mapped }

  /// The label that begins at a byte of the store.
  subscript(offset: UInt64) -> Label {
    unsafe Label(UnsafeRawBufferPointer(rebasing: mapped.bytes[Int(offset)...]))
  }
}

/// What a document is called; valid as long as the labels that it is of.
@safe
struct Label {
  /// The line it begins on, counted from its part's first, as 1; 0 for a whole file.
  let line: Int
  /// Its id; empty if the record has none.
  let id: UnsafeRawBufferPointer
  let title: UnsafeRawBufferPointer

  private static let headerByteCount = 12

  fileprivate init(_ bytes: UnsafeRawBufferPointer) {
    func number(_ place: Int) -> Int {
      let raw = unsafe bytes.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self)
      return Int(UInt32(littleEndian: raw))
    }
    line = number(0)
    let titleStart = Self.headerByteCount + number(1)
    unsafe id = UnsafeRawBufferPointer(rebasing: bytes[Self.headerByteCount..<titleStart])
    unsafe title = UnsafeRawBufferPointer(rebasing: bytes[titleStart..<titleStart + number(2)])
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
