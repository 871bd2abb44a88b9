import Glibc

@testable import Reprise
@testable import RepriseCorpus

/// Files that a run has written and another reads: manifest, summary, signatures.
///
/// The first byte chooses which. A block of a signature file has a checksum, so two of the kinds
/// write the input as the payload of a good block.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzResults(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: data + 1, count: count - 1)
  switch data[0] % 5 {
  case 0:
    write(bytes, to: "manifest.jsonl")
    guard let reader = try? ManifestReader(resultsFolder: FilePath(folder)) else { return 0 }
    while let entry = try? reader.next() { precondition(entry.offset >= 0 && entry.length >= 0) }
  case 1:
    write(bytes, to: "summary.json")
    _ = try? Summary(readingFrom: FilePath(folder))
  case 2:
    write(bytes, to: "signatures")
    _ = try? Shard(FilePath(folder + "/signatures"))
  case 3: readRun(bytes)
  default: readChunk(bytes)
  }
  return 0
}

private let folder: String = {
  var template = Array("/dev/shm/reprise-fuzz-XXXXXX\0".utf8CString)
  guard mkdtemp(&template) != nil else { fatalError("no folder") }
  let path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  fuzzFolder = path
  atexit { _ = try? FolderTree.remove(FilePath(fuzzFolder)) }
  return path
}()
nonisolated(unsafe) private var fuzzFolder = ""

private func write(_ bytes: UnsafeRawBufferPointer, to name: String) {
  let file = open(folder + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  Glibc.write(file, bytes.baseAddress, bytes.count)
  close(file)
}

/// A file whose first block is the input.
private func readRun(_ bytes: UnsafeRawBufferPointer) {
  let path = FilePath(folder + "/run")
  guard let file = try? SignatureFile.create(path) else { return }
  var buffer = BlockBuffer()
  buffer.append(bytes)
  _ = try? file.append(.run, run: 0, &buffer)
  guard let block = try? file.checkedBlocks().blocks.first,
    let payload = try? file.payload(of: block),
    let description = try? RunDescription(payload, in: path)
  else { return }
  for input in description.inputs { _ = try? SourceFile(signed: input, in: path) }
  _ = description.problems
  _ = description.parameterDifference(to: description)
}

/// A file with a chunk that is the input.
private func readChunk(_ bytes: UnsafeRawBufferPointer) {
  let path = FilePath(folder + "/chunk")
  guard let file = try? SignatureFile.create(path) else { return }
  var buffer = BlockBuffer()
  buffer.append(bytes)
  guard let block = try? file.append(.chunk, run: 1, source: 0, number: 0, &buffer) else { return }
  let source = SourceFile(
    path: "a", absolutePath: "/a", argument: "a", outputName: "a", status: FileStatus(stat()),
    format: .jsonLines, compression: .none, isPipe: false)
  let reader = CorpusReader(sources: [source])
  guard let store = try? SketchStore([(file, [block], 0)], recording: reader) else { return }
  let names = DocumentNames(store, sources: ["a"])
  for document in 0..<min(100, store.documentCount) { _ = names[document].title?.string }
}
