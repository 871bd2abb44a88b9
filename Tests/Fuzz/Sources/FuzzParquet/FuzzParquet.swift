import RepriseSystem
import RepriseTestSupport

@testable import RepriseFormats

/// Parquet files of any bytes: their rows are read or are problems; and what is written without some
/// rows has the texts of the others.
///
/// The first byte chooses the rows that are removed, the second one whether columns are added.
func fuzzParquet(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 2 else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: data + 2, count: count - 2)
  let source = ParquetFuzzFile(bytes)
  guard let texts = source.texts() else { return 0 }
  let target = ParquetFuzzFile(UnsafeRawBufferPointer(start: nil, count: 0))
  let changes = EveryOtherRow(step: 2 + Int(data[0] % 7))
  let isWritten = source.rewrite(to: target, changes, addsColumns: data[1] & 1 == 1)
  guard isWritten else { return 0 }
  guard let written = target.texts() else { preconditionFailure("the new file cannot be read") }
  let kept = texts.enumerated().filter { $0.offset % changes.step != 0 }.map(\.element)
  // A page that is damaged and was copied is damaged again.
  guard !texts.contains("lost"), !written.contains("lost") else { return 0 }
  precondition(written == kept, "other rows are left")
  return 0
}

/// Removes every row whose number is a multiple of a step.
private final class EveryOtherRow: ParquetChangeSource {
  let step: Int

  init(step: Int) { self.step = step }

  func changes(ofRows rows: Range<Int>) throws(CorpusError) -> ParquetRowChanges {
    // A file may state more rows than there is memory for.
    guard rows.count < 1 << 20 else { throw CorpusError(.cannotClean, "too many rows") }
    var changes = ParquetRowChanges(rowCount: rows.count)
    for row in rows where row % step == 0 {
      changes.removed.append(row - rows.lowerBound..<row - rows.lowerBound + 1)
    }
    return changes
  }
}

/// Adds a column with the numbers of the rows.
private final class RowNumbers: ParquetAddedColumns {
  let columns = [ParquetNewColumn(path: ["number"], kind: .integer)]

  func write(
    _ rows: Range<Int>, to writers: inout [ParquetColumnWriter], _ compressor: ParquetCompressor
  ) throws(CorpusError) {
    for row in rows { try writers[0].add(.integer(row), compressor) }
  }
}

/// A file of this process that is deleted with its owner.
private final class ParquetFuzzFile {
  private let path: BytePath

  init(_ bytes: UnsafeRawBufferPointer) {
    var template = MemoryPath.template()
    let descriptor = mkstemp(&template)
    precondition(descriptor >= 0, "no file")
    path = BytePath(template.dropLast().map { UInt8(bitPattern: $0) })
    precondition(write(descriptor, bytes.baseAddress, bytes.count) == bytes.count, "no space")
    close(descriptor)
  }

  deinit { unlink("\(path)") }

  private func open() throws(CorpusError) -> ParquetFile {
    let file = try OpenFile.file(reading: path)
    let byteCount = Int(try file.status().byteCount)
    return try ParquetFile(
      SharedFile(file), byteCount: byteCount,
      fields: DocumentFields(text: ["text", "tags[]"], id: "id"), pieceByteCount: 4096)
  }

  /// The text of each row, or why there is none; nil for a file that is refused, or too large.
  func texts() -> [String]? {
    guard let file = try? open(), file.groups.reduce(0, { $0 + $1.rowCount }) < 1 << 16 else {
      return nil
    }
    let rows = ParquetRows(file)
    var texts: [String] = []
    for piece in file.pieces {
      var storage = PaddedBytes()
      let covered = rows.read(piece, limit: 1 << 20, into: &storage)
      for cell in rows.texts {
        texts.append(
          cell == .lost
            ? "lost"
            : cell.isValue
              ? "=" + String(decoding: storage.bytes[cell.range], as: UTF8.self)
              : cell == .null ? "null" : "absent")
      }
      texts += [String](repeating: "lost", count: piece.rows.upperBound - covered.upperBound)
    }
    return texts
  }

  /// Writes the file without some rows; returns false if it is refused.
  func rewrite(to target: ParquetFuzzFile, _ changes: EveryOtherRow, addsColumns: Bool) -> Bool {
    unlink("\(target.path)")
    do throws(CorpusError) {
      let output = try EncodedStream(creating: target.path, compression: .none)
      let rewriter = ParquetRewriter(try open(), to: output)
      if addsColumns {
        rewriter.added = RowNumbers()
        try rewriter.run(NoRow()) { _ in }
        // The rows are removed from the file with the column.
        try output.finish()
        let both = ParquetFuzzFile(UnsafeRawBufferPointer(start: nil, count: 0))
        guard rename("\(target.path)", "\(both.path)") == 0 else { return false }
        return both.rewrite(to: target, changes, addsColumns: false)
      }
      try rewriter.run(changes) { _ in }
      try output.finish()
      return true
    } catch {
      return false
    }
  }

  private final class NoRow: ParquetChangeSource {
    func changes(ofRows rows: Range<Int>) -> ParquetRowChanges {
      ParquetRowChanges(rowCount: rows.count)
    }
  }
}
