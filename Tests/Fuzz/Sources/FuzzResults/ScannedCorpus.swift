import RepriseSystem
import RepriseTestSupport

@testable import Reprise
@testable import RepriseFormats

/// A small corpus in a folder of its own, the working folder, with the results of a scan and the
/// signatures of its parts.
struct ScannedCorpus {
  let signatures: SignedPart
  /// The files of the results that are changed.
  let results: [String: [UInt8]]

  static let shared = ScannedCorpus()
  nonisolated(unsafe) private static var folder = ""

  /// What is scanned, and how.
  static var options: ScanOptions {
    var options = ScanOptions(paths: ["corpus"])
    options.matching.slotCount = 64
    options.matching.minimumPassage = 16
    options.matching.keep = .highest(field: "n")
    options.resources.threads = 1
    options.output.folder = "results"
    return options
  }

  private init() {
    // The parent would show what leaves the working folder.
    var template = MemoryPath.template()
    precondition(mkdtemp(&template) != nil, "no folder")
    Self.folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    atexit { try? FolderTree.remove(BytePath(ScannedCorpus.folder)) }
    mkdir("\(Self.folder)/work", 0o700)
    chdir("\(Self.folder)/work")
    mkdir("corpus", 0o700)
    let words = (0..<40).map { "word\($0)" }.joined(separator: " ")
    let others = (0..<60).map { "other\($0)" }.joined(separator: " ")
    let text = "A title.\n\(words)\n"
    pack(Array(text.utf8), .none, "corpus/a.txt")
    let lines = """
      {"id":"one","n":1,"text":"\(words) and an end"}
      {"id":"two","n":0,"text":"Another \\u0062eginning, \(words)\\n\(others)"}
      {"id":"three","text":7}
      {"id":"two","n":2,"text":"nothing else"}

      """
    pack(Array(lines.utf8), .none, "corpus/b.jsonl")
    pack(Array(lines.utf8), .gzip, "corpus/c.jsonl.gz")
    let wide = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    pack(wide, .none, "corpus/d.txt", mark: true)
    guard (try? Scan(Self.options).run()) != nil,
      (try? Sign(SignOptions(Self.options, file: "good.signatures")).run()) != nil
    else { preconditionFailure("the corpus cannot be scanned") }
    signatures = SignedPart(reading: "good.signatures")
    results = ["manifest.jsonl", "summary.json"].reduce(into: [:]) { results, name in
      results[name] = try? OpenFile.content(of: BytePath("results/\(name)"))
    }
    precondition(results.count == 2)
  }

  func checkThatNothingElseIsThere() {
    let known: [BytePath] = ["corpus", "good.signatures", "other.signatures", "results"]
    guard let names = try? FolderTree.names(in: "."), let above = try? FolderTree.names(in: "..")
    else { preconditionFailure("the folder is gone") }
    precondition(names.allSatisfy(known.contains), "something is left: \(names)")
    precondition(above == ["work"], "something was written outside: \(above)")
  }
}

private func pack(
  _ bytes: [UInt8], _ compression: Compression, _ path: BytePath, mark: Bool = false
) {
  guard let stream = try? EncodedStream(creating: path, compression: compression) else {
    preconditionFailure("no file")
  }
  try? ((mark ? [0xFF, 0xFE] : []) + bytes).withUnsafeBytes { try stream.write($0) }
  try? stream.finish()
}

/// Writes a file in place of one that is there.
func write(_ bytes: some Sequence<UInt8>, to path: String) {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  precondition(file >= 0, "no file")
  Array(bytes).withUnsafeBytes { _ = Glibc.write(file, $0.baseAddress, $0.count) }
  close(file)
}
