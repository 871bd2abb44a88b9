import Foundation
import Testing

/// The seeds of the fuzz targets, which are run by libFuzzer only now and then.
///
/// A target ends the process if it finds something. ``fuzzResults`` is compiled and not run: it
/// works in a folder of its own, and changing the working folder would disturb other tests.
@Suite("Seeds of the fuzz targets")
struct SeedTests {
  typealias Target = @Sendable (UnsafePointer<UInt8>, Int) -> CInt

  private static let targets: [(name: String, run: Target)] = [
    ("FuzzText", fuzzText), ("FuzzJSON", fuzzJSON), ("FuzzArrays", fuzzArrays),
    ("FuzzTables", fuzzTables), ("FuzzFormats", fuzzFormats), ("FuzzPacked", fuzzPacked),
    ("FuzzParquet", fuzzParquet),
  ]

  @Test(arguments: targets.map(\.name))
  func `every seed passes`(name: String) throws {
    let target = try #require(Self.targets.first { $0.name == name })
    let fuzz = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = fuzz.appendingPathComponent("Seeds").appendingPathComponent(name)
    let seeds = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!seeds.isEmpty)
    for seed in seeds {
      let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(seed)))
      let status = bytes.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { target.run($0, bytes.count) } ?? 0
      }
      #expect(status == 0, "\(seed)")
    }
  }
}
