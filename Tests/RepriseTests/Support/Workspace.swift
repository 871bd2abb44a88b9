import Foundation
import Reprise

/// A temporary folder in which a corpus is made, scanned and cleaned; it goes with its owner.
final class Workspace: Sendable {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("reprise-evidence-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Where a file or folder of this name is.
  func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

  /// The same as text.
  func path(_ name: String) -> String { url(name).path }

  /// The same as scans take it.
  @_disfavoredOverload
  func path(_ name: String) -> BytePath { BytePath(url(name).path) }

  /// Writes a file, with the folders above it.
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    let file = url(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Writes a text file.
  func write(_ name: String, text: String) throws { try write(name, text.utf8) }

  /// Writes a file, packed as asked for.
  func write(_ name: String, _ bytes: [UInt8], packed compression: Compression) throws {
    let stream = try EncodedStream(
      creating: BytePath(path(name)), compression: compression)
    unsafe try bytes.withUnsafeBytes { bytes in unsafe try stream.write(bytes) }
    try stream.finish()
  }

  /// Writes JSON Lines.
  func write(_ name: String, records: [TestRecord]) throws {
    try write(name, TestRecord.lines(records))
  }

  /// Moves a file to another name.
  func rename(_ name: String, to other: String) throws {
    try FileManager.default.moveItem(at: url(name), to: url(other))
  }

  /// The content of a file.
  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url(name))) }

  /// The paths of all files below a folder, relative to it and sorted.
  func files(below name: String) throws -> [String] {
    let all = try FileManager.default.subpathsOfDirectory(atPath: path(name))
    return all.filter { path in
      var isFolder: ObjCBool = false
      let full = url(name).appendingPathComponent(path).path
      _ = unsafe FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
      return !isFolder.boolValue
    }.sorted()
  }

  /// Scans files or folders of these names.
  func scan(
    _ names: String..., into output: String = "results",
    _ configure: (inout ScanOptions) -> Void = { _ in }
  ) throws -> ScanResults {
    var options = ScanOptions(paths: names.map { path($0) })
    options.resources.threads = 2
    options.output.folder = path(output)
    // What becomes of documents; passages have tests of their own.
    options.matching.find = .documents
    options.input.requiresUniqueIDs = true
    configure(&options)
    let summary = try Scan(options).run()
    return try ScanResults(folder: url(output), summary: summary)
  }

  /// Cleans what a scan found.
  @discardableResult
  func clean(
    _ results: String = "results", to output: String = "cleaned", droppingUnreadable: Bool = false,
    addingColumns: Bool = false
  ) throws -> CleaningReport {
    var options = CleanOptions(results: path(results), output: path(output))
    options.dropsUnreadable = droppingUnreadable
    options.addsColumns = addingColumns
    return try Clean(options).run()
  }

  /// The content of a file that is packed as its name says.
  func unpacked(_ name: String) throws -> String {
    let file = BytePath(path(name))
    return String(decoding: try InputFile.content(of: file), as: UTF8.self)
  }
}
