/// Gives the changes of the rows of a file, in their order.
protocol ParquetChangeSource: AnyObject {
  /// Returns the changes of the next rows.
  ///
  /// - Parameter rows: the rows of a row group, counted in the file.
  /// - Returns: the changes, counted in the row group.
  /// - Throws: `invalidResults` or `cannotRead`.
  func changes(ofRows rows: Range<Int>) throws(CorpusError) -> ParquetRowChanges
}

/// Writes a Parquet file again without some of its rows, and with some of its texts cut.
///
/// Schema, metadata, the order of columns, row groups, codecs and the versions of pages stay. Pages of
/// which nothing is removed are copied as they are. A row group of which nothing is left is not
/// written. The page index and bloom filters are left out.
final class ParquetRewriter {
  private let file: ParquetFile
  private let output: EncodedStream
  private let reader: ParquetPageReader
  private let writer: ParquetPageWriter
  private let compressor: ParquetCompressor
  /// Columns that are added; nil for none.
  var added: (any ParquetAddedColumns)?

  /// The numbers of the fields of the metadata.
  private enum Field {
    static let rowCount = 3
    static let groups = 4
  }

  /// Prepares to write a file.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - output: the new file.
  init(_ file: ParquetFile, to output: EncodedStream) {
    self.file = file
    self.output = output
    reader = ParquetPageReader(file.file, byteCount: file.byteCount)
    compressor = ParquetCompressor(path: file.file.path)
    writer = ParquetPageWriter(reader, output, compressor)
  }

  /// Whether there is a column of a name at the top.
  func hasColumn(_ name: String) -> Bool { file.schema.find(name) != nil }

  /// Writes the file.
  ///
  /// Memory grows with the metadata, the changes of a row group and the largest page.
  ///
  /// - Parameters:
  ///   - changes: gives the changes of the rows.
  ///   - progress: called from time to time with the number of bytes that were written.
  /// - Throws: `cannotClean` for a part that has to be written again, and cannot be read; errors of
  ///   `changes`, of reading and of writing.
  func run(
    _ changes: some ParquetChangeSource, progress: (Int) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    try writer.write(ParquetFile.mark)
    var (metadata, leaves) = try checked("the metadata") { () throws(ParquetFault) in
      (try self.metadata(), try file.schema.leaves())
    }
    let old = try checked("the metadata") { () throws(ParquetFault) in
      try metadata.structures(Field.groups)
    }
    guard var old, old.count == file.groups.count else { throw changed }
    let texts = ParquetTextCuts(file)
    var groups: (count: Int, rowCount: Int, bytes: [UInt8]) = (0, 0, [])
    for (index, group) in file.groups.enumerated() {
      let rows = group.firstRow..<group.firstRow + group.rowCount
      let changes = try changes.changes(ofRows: rows)
      let (fields, trims) = try checked("row group \(index)") { () throws(ParquetFault) in
        (try old.next(), try texts.values(of: changes, inGroup: index))
      }
      // A row group that was empty before stays.
      guard let fields, changes.keptRowCount > 0 || changes.removed.isEmpty else { continue }
      let written = try write(
        Group(index: index, ordinal: groups.count, fields: fields, trims: trims), leaves, changes
      ) { () throws(CorpusError) in try progress(writer.offset) }
      written.write(to: &groups.bytes)
      groups.count += 1
      groups.rowCount += changes.keptRowCount
    }
    if let added {
      try checked("the metadata") { () throws(ParquetFault) in
        try ParquetAddedMetadata.add(added.columns, to: &metadata)
      }
    }
    metadata.set(Field.rowCount, .int64(groups.rowCount))
    metadata.set(Field.groups, count: groups.count, writtenStructures: groups.bytes)
    try finish(metadata)
  }

  private var changed: CorpusError { .changed(file.file.path, "its metadata is different") }

  private func metadata() throws(ParquetFault) -> ThriftFields {
    let bytes = try ParquetFile.metadata(reader)
    return unsafe try bytes.span.withUnsafeBytes { bytes throws(ParquetFault) in
      var reader = unsafe ThriftReader(bytes)
      return try ThriftFields(&reader)
    }
  }

  /// Writes the metadata and what ends a file.
  private func finish(_ metadata: ThriftFields) throws(CorpusError) {
    var footer: [UInt8] = []
    metadata.write(to: &footer)
    guard footer.count < 1 << 32 else {
      throw CorpusError(.cannotClean, "its metadata would be too large", path: file.file.path)
    }
    footer.append(size: footer.count)
    try writer.write(footer + ParquetFile.mark)
  }

  /// A row group that is written again.
  private struct Group {
    /// Its index in the file, and in the new file.
    let index: Int
    let ordinal: Int
    var fields: ThriftFields
    /// The values that are cut, by the index of their column.
    let trims: [Int: ParquetValueTrims]
  }

  /// Writes the columns of a row group; returns its new fields.
  private func write(
    _ group: Group, _ leaves: [ParquetLeaf], _ changes: ParquetRowChanges,
    progress: () throws(CorpusError) -> Void
  ) throws(CorpusError) -> ThriftFields {
    let part = "row group \(group.index)"
    let old = try checked(part) { () throws(ParquetFault) in try group.fields.structures(1) }
    guard var old, old.count == leaves.count else {
      throw .cannotRewrite(
        file.file.path, .damaged("it has another number of columns than the schema"), part)
    }
    let start = writer.offset
    let rewriter = ParquetChunkRewriter(file, reader, writer)
    var columns: [ThriftFields] = []
    var sizes = (decompressed: 0, stored: 0)
    func add(
      _ written: (fields: ThriftFields, decompressed: Int, stored: Int)
    ) throws(CorpusError) {
      columns.append(written.fields)
      sizes.stored += written.stored
      // The size of pages that are copied is what the file states.
      let (sum, overflow) = sizes.decompressed.addingReportingOverflow(written.decompressed)
      guard !overflow else {
        throw .cannotRewrite(file.file.path, .damaged("its size is not possible"), part)
      }
      sizes.decompressed = sum
    }
    for leaf in leaves {
      let fields = try checked(part) { () throws(ParquetFault) in try old.next() }
      guard let fields else { throw changed }
      let column = ParquetChunkRewriter.Column(
        fields: fields, leaf: leaf, group: group.index,
        trims: group.trims[leaf.index] ?? ParquetValueTrims())
      try add(try rewriter.rewrite(column, changes))
      try progress()
    }
    for written in try addColumns(to: group) { try add(written) }
    var fields = group.fields
    fields.set(1, .structures(columns))
    fields.set(2, .int64(sizes.decompressed))
    fields.set(3, .int64(changes.keptRowCount))
    // Texts that are cut may be in another order than before.
    if !group.trims.isEmpty { fields.remove(4) }
    fields.update(5, .int64(start))
    fields.update(6, .int64(sizes.stored))
    fields.update(7, .int16(group.ordinal))
    return fields
  }

  /// Writes the columns that are added to a row group, with the codec of its text.
  private func addColumns(
    to group: Group
  ) throws(CorpusError) -> [(fields: ThriftFields, decompressed: Int, stored: Int)] {
    guard let added else { return [] }
    let source = file.groups[group.index]
    let codec = file.selection.text.first.map { source.chunks[$0.column].codec } ?? 0
    var writers = added.columns.map { ParquetColumnWriter($0, codec: codec) }
    try added.write(
      source.firstRow..<source.firstRow + source.rowCount, to: &writers, compressor)
    var columns: [(fields: ThriftFields, decompressed: Int, stored: Int)] = []
    for index in writers.indices {
      columns.append(try writers[index].finish(at: writer.offset, compressor))
      try writer.write(writers[index].pages)
    }
    return columns
  }

  private func checked<Result>(
    _ part: String, _ body: () throws(ParquetFault) -> Result
  ) throws(CorpusError) -> Result {
    do throws(ParquetFault) {
      return try body()
    } catch {
      throw .cannotRewrite(file.file.path, error, part)
    }
  }
}
