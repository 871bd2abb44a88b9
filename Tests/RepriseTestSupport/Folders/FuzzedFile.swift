package import RepriseFormats
internal import RepriseSystem

/// A file that is written for each input, and read by the reader of a scan.
package struct FuzzedFile {
  private let path: BytePath

  /// Creates an empty file without a name, which goes with the process however that ends.
  package init() {
    var template = MemoryPath.template()
    let descriptor = unsafe mkstemp(&template)
    precondition(descriptor >= 0, "no file")
    unsafe unlink(template)
    path = BytePath("/proc/self/fd/\(descriptor)")
  }

  /// Writes the file anew.
  package func write(_ bytes: [UInt8]) {
    let descriptor = unsafe open("\(path)", O_WRONLY | O_TRUNC)
    precondition(descriptor >= 0, "no file")
    precondition(unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "no space")
    close(descriptor)
  }

  /// Reads all records.
  ///
  /// - Parameters:
  ///   - format: the format of the file; nil to recognize it by its content.
  ///   - delimiter: the delimiter of a table.
  ///   - chunkByteCount: the size of a chunk.
  ///   - detectsEncodings: whether the encoding is detected.
  /// - Returns: the records and problems.
  package func read(
    _ format: RecordFormat?, delimiter: UInt8? = nil, chunkByteCount: Int,
    detectsEncodings: Bool = false
  ) -> ReadingResult {
    var options = ReadingOptions()
    options.chunkByteCount = chunkByteCount
    options.detectsFormats = format == nil
    options.detectsEncodings = detectsEncodings
    options.delimiter = delimiter
    guard let result = try? readAll([path], format: format ?? .text, options: options) else {
      preconditionFailure("the reader gives up")
    }
    return result
  }
}
