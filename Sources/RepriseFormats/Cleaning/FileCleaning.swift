/// Copies one file without its removed ranges.
struct FileCleaning {
  let file: CleanedFile
  let target: BytePath
  let ranges: DropRanges
  /// The fields that hold the text of a record, and the delimiter of tables.
  let rules: TableRules
  /// True to keep all documents, and to add columns that say what became of them.
  let addsColumns: Bool

  private var input: InputEntry { file.input }

  private static let bufferByteCount = 256 << 10

  /// Copies the file and adds the counts to the report.
  ///
  /// - Throws: `changed`, `invalidResults`, `cannotOpen`, `cannotRead` or `cannotWrite`.
  func run(report: inout CleaningReport, progress: (Int) throws(CorpusError) -> Void)
    throws(CorpusError)
  {
    let lost = try ranges.takeLostInput(copiesDamaged: addsColumns)
    if let lost { return try clean(lost, &report) }
    if addsColumns { return try addColumns(&report, progress: progress) }
    if input.format == .parquet { return try cleanTable(&report, progress: progress) }
    // The bytes are decompressed, but not converted to UTF-8.
    let stream = try file.stream(compression: input.compression)
    let output = try EncodedStream(creating: target, compression: input.compression)
    var cutter = RangeCutter(ranges, path: input.source)
    let before = report.inputByteCount
    let copied = ConvertedCopy(input: input)
    let damage =
      input.encoding == .utf8
      ? try copy(stream, &cutter, output) { count throws(CorpusError) in
        try progress(before + count)
      }
      : try copied.run(stream, &cutter, output) { count throws(CorpusError) in
        try progress(before + count)
      }
    try output.finish()
    try file.check(stream)
    let isComplete = try drain(&cutter)
    try ranges.checkInput()
    guard isComplete || damage != nil else {
      throw CorpusError(
        .invalidResults, "the manifest drops bytes after the end of the file", path: input.source)
    }
    addCounts(to: &report)
    report.inputByteCount += Int(stream.decodedByteCount)
    report.outputByteCount += Int(output.byteCount)
    if let damage {
      report.problems.append(Problem(damage))
      if cutter.cutByteCount == 0 {
        try FolderTree.removeFile(target)
        try copyRaw()
      }
    }
    let goneCount = ranges.droppedCount + ranges.unreadableCount
    if input.format == .text && goneCount > 0 && goneCount == ranges.documentCount {
      report.outputByteCount -= Int(output.byteCount)
      report.omittedFiles.append(input.path)
      try FolderTree.removeFile(target)
    } else {
      report.writtenFileCount += 1
    }
  }

  /// Copies a file of records with the columns of the verdicts.
  private func addColumns(
    _ report: inout CleaningReport, progress: (Int) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    let before = report.inputByteCount
    guard input.format.hasFields, input.encoding == .utf8 else {
      throw CorpusError(
        .cannotClean,
        input.format.hasFields
          ? "columns are added to records in UTF-8 only, and this file is in \(input.encoding)"
          : "columns can be added to records only, and this is a text", path: input.source)
    }
    if input.format == .parquet {
      let cleaning = ParquetCleaning(file: file, target: target, fields: rules.textFields)
      let verdicts = try ManifestRowVerdicts(ranges)
      report.outputByteCount += try cleaning.add(verdicts) { count throws(CorpusError) in
        try progress(before + count)
      }
      report.inputByteCount += Int(clamping: input.checksum.byteCount)
    } else {
      let stream = try file.stream(compression: input.compression)
      let output = try EncodedStream(creating: target, compression: input.compression)
      try RecordColumns(input: input, ranges: ranges, rules: rules).run(stream, to: output) {
        count throws(CorpusError) in try progress(before + count)
      }
      try output.finish()
      try file.check(stream)
      report.outputByteCount += Int(output.byteCount)
      report.inputByteCount += Int(stream.decodedByteCount)
    }
    addCounts(to: &report)
    report.writtenFileCount += 1
  }

  private func addCounts(to report: inout CleaningReport) {
    report.documentCount += ranges.documentCount
    report.droppedCount += ranges.droppedCount
    report.unreadableCount += ranges.unreadableCount
    report.trimmedCount += ranges.trimmedCount
  }

  /// Writes a Parquet file again, or copies it if no row of it is changed.
  private func cleanTable(
    _ report: inout CleaningReport, progress: (Int) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    let before = report.inputByteCount
    if let changes = try ManifestRowChanges(ranges) {
      let cleaning = ParquetCleaning(file: file, target: target, fields: rules.textFields)
      report.outputByteCount += try cleaning.run(changes) { count throws(CorpusError) in
        try progress(before + count)
      }
    } else {
      try copyRaw()
      report.outputByteCount += Int(clamping: input.checksum.byteCount)
    }
    addCounts(to: &report)
    report.inputByteCount += Int(clamping: input.checksum.byteCount)
    report.writtenFileCount += 1
  }

  /// Copies an input that could not be read byte for byte, or leaves it out.
  private func clean(
    _ lost: DropRanges.LostInput, _ report: inout CleaningReport
  ) throws(CorpusError) {
    report.documentCount += 1
    switch lost {
    case .leftOut:
      report.unreadableCount += 1
      report.omittedFiles.append(input.path)
    case .copied:
      try copyRaw()
      report.inputByteCount += Int(clamping: input.checksum.byteCount)
      report.outputByteCount += Int(clamping: input.checksum.byteCount)
      report.writtenFileCount += 1
    }
  }

  /// Copies the stream without the removed ranges.
  ///
  /// - Returns: the damage of the compressed data, if any.
  private func copy(
    _ stream: DecodedStream, _ cutter: inout RangeCutter<DropRanges>, _ output: EncodedStream,
    progress: (Int) throws(CorpusError) -> Void
  ) throws(CorpusError) -> CorpusError? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.bufferByteCount, alignment: 64)
    defer { unsafe buffer.deallocate() }
    while true {
      var count = 0
      do throws(CorpusError) {
        count = unsafe try stream.read(into: buffer)
      } catch {
        guard error.isDamage else { throw error }
        return error
      }
      if count == 0 { return nil }
      unsafe try cutter.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: output)
      try progress(cutter.position)
    }
  }

  /// Reads the rest of the file's entries from the manifest.
  ///
  /// - Returns: whether all ranges were inside the file.
  private func drain(_ cutter: inout RangeCutter<DropRanges>) throws(CorpusError) -> Bool {
    let isComplete = try cutter.finish()
    while try ranges.next() != nil {}
    return isComplete
  }

  private func copyRaw() throws(CorpusError) {
    let stream = try file.stream(compression: .none)
    let output = try EncodedStream(creating: target, compression: .none)
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.bufferByteCount, alignment: 64)
    defer { unsafe buffer.deallocate() }
    while true {
      let count = unsafe try stream.read(into: buffer)
      if count == 0 { break }
      unsafe try output.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    try output.finish()
    try file.check(stream)
  }
}

extension CorpusError {
  /// True if a compressed file has damaged bytes, as opposed to a failure to read it.
  var isDamage: Bool {
    Self.isDamage(reason.name)
  }

  /// Returns whether a class of problems means damaged bytes of a compressed file.
  static func isDamage(_ name: String?) -> Bool {
    let reasons: [Reason] = [.truncated, .corrupt, .notCompressed, .trailingGarbage]
    return reasons.contains { $0.name == name }
  }
}
