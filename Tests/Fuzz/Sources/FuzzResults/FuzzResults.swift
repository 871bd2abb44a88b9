import RepriseSystem

@testable import Reprise
@testable import RepriseFormats

/// Files that a run has written and another reads, changed by someone.
///
/// Manifest and summary, from which a corpus is cleaned, and signatures, from which one is scanned:
/// whatever they say, the command refuses or does it, and writes nowhere else. The first byte
/// chooses the file. A block of signatures has a checksum, so the input becomes the payload of a
/// good block.
func fuzzResults(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: data + 1, count: count - 1)
  let scanned = ScannedCorpus.shared
  switch data[0] % 5 {
  case 0: clean(scanned, "manifest.jsonl", bytes)
  case 1: clean(scanned, "summary.json", bytes)
  case 2:
    write(bytes, to: "other.signatures")
    _ = try? Shard("other.signatures")
  case 3: scan(scanned.signatures.replacing(.run, at: 0, by: bytes))
  default: scan(scanned.signatures.replacing(.chunk, at: Int(data[0] / 5), by: bytes))
  }
  scanned.checkThatNothingElseIsThere()
  return 0
}

private func clean(_ scanned: ScannedCorpus, _ name: String, _ bytes: UnsafeRawBufferPointer) {
  write(bytes, to: "results/\(name)")
  mendSummary()
  for drops in [false, true] {
    var options = CleanOptions(results: "results", output: "output")
    options.dropsUnreadable = drops
    _ = try? Clean(options).run()
    try? FolderTree.remove("output")
  }
  for (name, bytes) in scanned.results { write(bytes, to: "results/\(name)") }
}

/// Makes a summary say of the manifest what it is, or else no entry of it would be looked at.
private func mendSummary() {
  guard var summary = try? Summary(readingFrom: "results"),
    let manifest = try? OpenFile.content(of: "results/manifest.jsonl"),
    var hasher = try? ChecksumHasher(path: "results/manifest.jsonl")
  else { return }
  manifest.withUnsafeBytes { hasher.update($0) }
  let lineCount = manifest.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
  summary.files = [
    ResultsFileRecord(
      name: "manifest.jsonl", lineCount: lineCount, checksum: hasher.checksum())
  ]
  var buffer = ByteBuffer(capacity: 1 << 16)
  summary.tree.appendPretty(to: &buffer)
  write(buffer.withUnsafeBytes { Array($0) }, to: "results/summary.json")
}

private func scan(_ signatures: SignedPart) {
  signatures.write(to: "other.signatures")
  var options = ScannedCorpus.options
  options.input.paths = []
  options.input.signatures = ["other.signatures"]
  options.output.folder = "output"
  if (try? Scan(options).run()) != nil {
    _ = try? Clean(CleanOptions(results: "output", output: "output/cleaned")).run()
  }
  try? FolderTree.remove("output")
}
