extension ChunkBuffer {
  /// Adds all rows of a Parquet file to the current slice.
  ///
  /// - Throws: as ``ParquetFile``.
  func addRows(
    of file: SharedFile, _ input: InputFile, _ options: ReadingOptions
  ) throws(CorpusError) {
    let opened = try ParquetFile(
      file, byteCount: Int(input.byteCount), fields: options.documentFields, pieceByteCount: .max)
    for piece in opened.pieces { addRows(piece, of: opened, options) }
  }

  /// Adds the rows of a piece of a Parquet file to the current slice.
  ///
  /// Rows that cannot be read are problems that name row group and column.
  func addRows(_ piece: ParquetFile.Piece, of file: ParquetFile, _ options: ReadingOptions) {
    let reader = rowReader(file)
    let limit = options.maximumRecordByteCount
    let covered = reader.read(piece, limit: limit, into: &storage)
    let group = file.groups[piece.group]
    let (slice, first) = (slices.count - 1, group.firstRow)
    let start = slices[slice].lineFeedCount
    var lost: (rows: Range<Int>, line: Int)?
    func closeLost() {
      guard let run = lost else { return }
      reportLost(run.rows, line: run.line, piece.group, reader, file)
      lost = nil
    }
    var values = rows[slice] ?? RowValues()
    for (index, cell) in reader.texts.enumerated() {
      let row = covered.lowerBound + index
      if cell == .lost {
        lost = ((lost?.rows.lowerBound ?? row)..<row + 1, lost?.line ?? start + index)
        continue
      }
      closeLost()
      if let byteCount = reader.longTexts[index] {
        let error = CorpusError(
          .recordTooLong,
          "the text of row \(first + row + 1) has \(byteCount) bytes, more than the limit of \(limit), "
            + "and was skipped", path: file.file.path)
        report(
          error, line: start + index, row: first + row, endsInput: false,
          lostRecord: .bytes(byteCount))
        continue
      }
      if !cell.isValue { values.missing[start + index] = cell == .null ? .null : .absent }
      records.append(
        Record(
          position: cell.position, byteCount: max(0, cell.byteCount), offset: first + row,
          line: start + index, slice: slice, terminatorByteCount: 0,
          startsWithByteOrderMark: false))
    }
    if covered.upperBound < piece.rows.upperBound {
      lost = (
        (lost?.rows.lowerBound ?? covered.upperBound)..<piece.rows.upperBound,
        lost?.line ?? start + covered.count
      )
    }
    closeLost()
    values.add(file, reader, at: start)
    rows[slice] = values
    for loss in reader.losses where !loss.column.isText {
      report(
        error(of: loss, piece.group, file), line: start + loss.rows.lowerBound - covered.lowerBound,
        row: first + loss.rows.lowerBound, endsInput: false)
    }
    closeSlice(lineFeedCount: piece.rows.count)
    problems[problemStart(ofSlice: slice)...].sort { $0.row ?? 0 < $1.row ?? 0 }
  }

  private func problemStart(ofSlice slice: Int) -> Int {
    problems.firstIndex { $0.slice == slice } ?? problems.count
  }

  /// Reports rows without text as one lost document.
  private func reportLost(
    _ lost: Range<Int>, line: Int, _ group: Int, _ reader: ParquetRows, _ file: ParquetFile
  ) {
    guard
      let loss = reader.losses.first(where: { $0.column.isText && $0.rows.overlaps(lost) })
    else { return }
    let whole = ParquetRows.Loss(rows: lost, column: loss.column, fault: loss.fault)
    report(
      error(of: whole, group, file), line: line,
      row: file.groups[group].firstRow + lost.lowerBound, endsInput: false,
      lostRecord: .bytes(lost.count))
  }

  private func error(
    of loss: ParquetRows.Loss, _ group: Int, _ file: ParquetFile
  ) -> CorpusError {
    let first = file.groups[group].firstRow
    let (start, end) = (first + loss.rows.lowerBound + 1, first + loss.rows.upperBound)
    let rows = start == end ? "row \(start)" : "rows \(start) to \(end)"
    return CorpusError(
      loss.fault.reason,
      "column \"\(loss.column.leaf.name)\" of row group \(group) cannot be read in \(rows): "
        + loss.fault.detail, path: file.file.path)
  }
}
