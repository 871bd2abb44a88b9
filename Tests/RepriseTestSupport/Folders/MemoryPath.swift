internal import Foundation
internal import RepriseSystem

/// Names in a folder in memory, for mkstemp and mkdtemp, that tell which process uses them.
package enum MemoryPath {
  private static let prefix = "reprise-fuzz-"
  private static let folder = "/dev/shm"

  /// The template of a name of this process.
  ///
  /// Removes what processes left that were killed.
  package static func template() -> [CChar] {
    _ = leftoversAreRemoved
    return Array("\(folder)/\(prefix)\(getpid())-XXXXXX".utf8CString)
  }

  private static let leftoversAreRemoved: Bool = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let user = name.dropFirst(prefix.count).prefix { $0 != "-" }
      if let process = pid_t(user), kill(process, 0) != 0, errno == ESRCH {
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
    }
    return true
  }()
}
