/// The first bytes of a plain file.
@safe
struct InputHead: ~Copyable {
  private let input: InputFile
  private var bytes = PaddedBytes()

  /// Reads the first bytes.
  ///
  /// - Throws: `cannotRead`, or `changed` if the file has become shorter.
  init(_ file: SharedFile, of input: InputFile) throws(CorpusError) {
    self.input = input
    let count = min(ContentFormat.searchedByteCount, Int(input.byteCount))
    // In bounds: `reserve` returns at least `count` bytes.
    let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes.reserve(count)[..<count])
    unsafe try file.fill(free, at: 0)
    bytes.commit(count)
  }

  /// True if the file must be converted to UTF-8.
  func isConverted(_ options: ReadingOptions) -> Bool {
    let start = unsafe UnsafeRawBufferPointer(bytes.bytes)
    return unsafe TextEncoding.other(of: start, options) != nil && !ContentFormat.isParquet(start)
  }

  /// Returns the format in which the file is read; for a file that must be converted, the one that
  /// its name says.
  ///
  /// - Throws: `otherFormat` if it is not read.
  func format(_ options: ReadingOptions) throws(CorpusError) -> RecordFormat {
    let start = unsafe UnsafeRawBufferPointer(bytes.bytes)
    guard !isConverted(options) else {
      unsafe try ContentFormat.refuse(start, of: input, options)
      return input.format
    }
    let isWhole = UInt64(start.count) == input.byteCount
    return unsafe try ContentFormat.recognize(start, isWhole: isWhole, of: input, options)
  }
}
