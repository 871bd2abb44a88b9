internal import Reprise

extension LeftOutEntries {
  /// The numbers of entries that were left out, as one line; nil if there are none.
  var line: String? {
    guard total > 0 else { return nil }
    let parts = [
      (hidden, "hidden"), (excluded, "excluded"), (special, "neither file nor folder"),
      (repeated, "reached twice"),
      (resultsFolders, resultsFolders == 1 ? "results folder" : "results folders"),
    ]
    let named = parts.filter { $0.0 > 0 }.map { "\(Numbers.grouped($0.0)) \($0.1)" }
    return "Left out of folders: \(named.joined(separator: ", "))."
  }
}
