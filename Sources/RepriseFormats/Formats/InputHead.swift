/// The first bytes of a plain file.
@safe
struct InputHead: ~Copyable {
  private let input: InputFile
  private let options: ReadingOptions
  private var bytes = PaddedBytes()
  /// True if the file must be converted to UTF-8.
  private(set) var isConverted = false

  /// Reads the first bytes.
  ///
  /// - Throws: `cannotRead`, or `changed` if the file has become shorter.
  init(
    _ file: SharedFile, of input: InputFile, _ options: ReadingOptions
  ) throws(CorpusError) {
    (self.input, self.options) = (input, options)
    let wanted = max(ContentFormat.searchedByteCount, options.encodingByteCount)
    let count = min(wanted, Int(input.byteCount))
    // In bounds: `reserve` returns at least `count` bytes.
    let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes.reserve(count)[..<count])
    unsafe try file.fill(free, at: 0)
    bytes.commit(count)
    let start = unsafe UnsafeRawBufferPointer(bytes.bytes)
    let encoding = unsafe TextEncoding.other(
      of: start, isWhole: count == Int(input.byteCount), options)
    isConverted = unsafe encoding != nil && !ContentFormat.isParquet(start)
  }

  /// Returns the format in which the file is read; for a file that must be converted, the one that
  /// its name says.
  ///
  /// - Throws: `otherFormat` if it is not read.
  func format() throws(CorpusError) -> RecordFormat {
    let start = unsafe UnsafeRawBufferPointer(bytes.bytes)
    guard !isConverted else {
      unsafe try ContentFormat.refuse(start, of: input, options)
      return input.format
    }
    let isWhole = UInt64(start.count) == input.byteCount
    return unsafe try ContentFormat.recognize(start, isWhole: isWhole, of: input, options)
  }
}
