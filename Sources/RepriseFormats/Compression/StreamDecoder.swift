/// A decompression format: consumes raw bytes of an input, and produces decoded ones.
protocol StreamDecoder: AnyObject {
  /// Decodes at least one byte into a buffer that is not empty; returns 0 at a valid end of the
  /// data.
  func decode(
    from input: RawInput, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) -> Int
}

/// Returns raw bytes unchanged.
final class PlainDecoder: StreamDecoder {
  func decode(
    from input: RawInput, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) -> Int {
    let buffered = unsafe UnsafeRawBufferPointer(rebasing: input.bytes.prefix(target.count))
    guard buffered.count > 0 else { return unsafe try input.readDirectly(into: target) }
    unsafe target.copyMemory(from: buffered)
    input.consume(buffered.count)
    return buffered.count
  }
}

/// Distinguishes what follows one gzip member or zstd frame.
enum PartBoundary {
  case part
  case end

  /// Examines the bytes after a member or frame.
  ///
  /// Zeros up to the end are padding.
  ///
  /// `startsPart` returns whether the available bytes begin a member or frame. They are at least
  /// `headerByteCount`, unless the file ends first. `isFirst` is true at the start of the data.
  static func find(
    in input: RawInput, format: String, isFirst: Bool, headerByteCount: Int,
    startsPart: (UnsafeRawBufferPointer) -> Bool
  ) throws(CorpusError) -> PartBoundary {
    try input.require(headerByteCount)
    let header = unsafe input.bytes
    if header.count == 0, !isFirst { return .end }
    if unsafe startsPart(header) {
      if header.count >= headerByteCount { return .part }
      if isFirst {
        throw CorpusError(.truncated, "the \(format) data ends within its header", path: input.path)
      }
    }
    if isFirst {
      if header.count == 0 {
        throw CorpusError(
          .truncated, "the file is empty, although its name says \(format)", path: input.path)
      }
      throw CorpusError(
        .notCompressed, "the file is not \(format) data, although its name says so",
        path: input.path)
    }
    if try onlyZerosFollow(in: input) { return .end }
    throw CorpusError(
      .trailingGarbage, "the \(format) data is followed by bytes that are not \(format) data",
      path: input.path)
  }

  private static func onlyZerosFollow(in input: RawInput) throws(CorpusError) -> Bool {
    while true {
      let bytes = unsafe input.bytes
      guard unsafe bytes.allSatisfy({ $0 == 0 }) else { return false }
      input.consume(bytes.count)
      try input.require(1)
      if unsafe input.bytes.count == 0 { return true }
    }
  }
}
