/// The copy of one file without its dropped documents.
struct FileCleaning {
  let input: InputRecord
  let target: FilePath
  let ranges: DropRanges

  private static let bufferByteCount = 256 << 10

  /// Copies the file and adds to the report what was done.
  ///
  /// - Throws: `changed`, `invalidResults`, `cannotOpen`, `cannotRead` or `cannotWrite`.
  func run(report: inout CleaningReport, progress: (Int) -> Void) throws(CorpusError) {
    let stream = try DecodedStream(path: input.source, compression: input.compression)
    let output = try EncodedStream(creating: target, compression: input.compression)
    var cutter = RangeCutter(ranges, path: input.source)
    let before = report.inputByteCount
    let damage = try copy(stream, &cutter, output) { progress(before + $0) }
    try output.finish()
    guard try stream.finishFingerprint() == input.fingerprint else {
      throw CorpusError(
        .changed, "the file has other bytes than in the run", path: input.source)
    }
    let isComplete = try drain(&cutter)
    guard isComplete || damage != nil else {
      throw CorpusError(
        .invalidResults, "the manifest drops bytes after the end of the file", path: input.source)
    }
    report.documentCount += ranges.documentCount
    report.droppedCount += ranges.droppedCount
    report.trimmedCount += ranges.trimmedCount
    report.inputByteCount += cutter.position
    report.outputByteCount += Int(output.byteCount)
    if let damage {
      report.problems.append(damage)
      if cutter.cutByteCount == 0 { try copyRaw() }
    }
    if input.format == .text && ranges.droppedCount > 0
      && ranges.droppedCount == ranges.documentCount
    {
      report.outputByteCount -= Int(output.byteCount)
      report.omittedFiles.append(input.path)
      try FolderTree.remove(target)
    } else {
      report.writtenFileCount += 1
    }
  }

  /// Feeds the stream to the cutter.
  ///
  /// - Returns: How the compressed data is damaged, if it is.
  private func copy(
    _ stream: DecodedStream, _ cutter: inout RangeCutter<DropRanges>, _ output: EncodedStream,
    progress: (Int) -> Void
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
      progress(cutter.position)
    }
  }

  /// Takes the rest of the file's entries from the manifest.
  ///
  /// - Returns: Whether all ranges lay within the file.
  private func drain(_ cutter: inout RangeCutter<DropRanges>) throws(CorpusError) -> Bool {
    let isComplete = try cutter.finish()
    while try ranges.next() != nil {}
    return isComplete
  }

  private func copyRaw() throws(CorpusError) {
    try FolderTree.remove(target)
    let stream = try DecodedStream(path: input.source, compression: .none)
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
  }
}

extension CorpusError {
  /// Whether the bytes of a compressed file are at fault, and not the reading of them.
  var isDamage: Bool {
    let reasons: [Reason] = [.truncated, .corrupt, .notCompressed, .trailingGarbage]
    return reasons.contains(reason)
  }
}
