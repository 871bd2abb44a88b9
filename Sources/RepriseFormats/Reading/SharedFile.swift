/// An open plain file that several threads read at any offsets.
final class SharedFile: Sendable {
  let file: OpenFile
  var path: BytePath { file.path }

  init(_ input: InputFile) throws(CorpusError) { file = try input.open() }

  init(_ file: consuming OpenFile) { self.file = file }

  /// Fills a buffer from an offset; throws if the file has become shorter.
  func fill(_ target: UnsafeMutableRawBufferPointer, at offset: Int) throws(CorpusError) {
    let count = unsafe try file.read(into: target, at: UInt64(offset))
    if count < target.count { throw .changed(path, "it ends at byte \(offset + count)") }
  }
}
