package import Foundation
package import RepriseFormats

/// A folder of one test, which is removed with its owner.
package final class TestFolder: Sendable {
  /// Where it is.
  package let path: String

  /// The path as a URL.
  package var url: URL { URL(fileURLWithPath: path, isDirectory: true) }

  /// Creates an empty folder.
  package init() {
    path = NSTemporaryDirectory() + "reprise-test-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders above it.
  @discardableResult
  package func write(_ name: String, _ bytes: [UInt8]) -> BytePath {
    let file = URL(fileURLWithPath: path + "/" + name)
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(bytes).write(to: file)
    return BytePath(path + "/" + name)
  }

  /// Writes a text file.
  @discardableResult
  package func write(_ name: String, _ text: String) -> BytePath { write(name, Array(text.utf8)) }

  /// Creates a symbolic link.
  package func link(_ name: String, to target: String) {
    try? FileManager.default.createSymbolicLink(
      atPath: path + "/" + name, withDestinationPath: target)
  }
}
