import RepriseSystem

@testable import RepriseFormats

/// A file that is written for each input, and read by the reader of a scan.
struct FuzzedFile {
  private let path: BytePath

  /// Creates an empty file without a name, which goes with the process however that ends.
  init() {
    var template = MemoryPath.template()
    let descriptor = mkstemp(&template)
    precondition(descriptor >= 0, "no file")
    unlink(template)
    path = BytePath("/proc/self/fd/\(descriptor)")
  }

  /// Writes the file anew.
  func write(_ bytes: [UInt8]) {
    let descriptor = open("\(path)", O_WRONLY | O_TRUNC)
    precondition(descriptor >= 0, "no file")
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "no space")
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
  func read(
    _ format: RecordFormat?, delimiter: UInt8? = nil, chunkByteCount: Int,
    detectsEncodings: Bool = false
  ) -> ReadingResult {
    var options = ReadingOptions()
    options.chunkByteCount = chunkByteCount
    options.detectsFormats = format == nil
    options.detectsEncodings = detectsEncodings
    options.delimiter = delimiter
    guard let status = try? FileStatus(of: path) else { preconditionFailure("no file") }
    let input = InputFile(
      path: path, absolutePath: path, argument: path, outputName: "a", status: status,
      format: format ?? .text, compression: .none, isPipe: false)
    guard let result = try? readAll(CorpusReader(inputs: [input], options: options)) else {
      preconditionFailure("the reader gives up")
    }
    return result
  }
}
