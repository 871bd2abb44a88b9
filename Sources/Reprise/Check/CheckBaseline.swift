package import RepriseFormats

/// The findings that a project accepts: a file of JSON Lines, sorted, without line numbers.
///
/// An entry accepts the same text in the same number of places, even if the text moves or a few
/// words of it change.
package struct CheckBaseline: Sendable {
  /// An accepted finding.
  package struct Entry: Hashable, Sendable {
    /// The kind.
    package var rule: CheckFinding.Rule
    /// The number of words.
    package var words: Int
    /// The file of each place, sorted; a file with two places is there twice.
    package var places: [String]
    /// The smallest shingle ids of the text, ascending: at most 16.
    package var sketch: [UInt64]
    /// The beginning of the text.
    package var title: String
    /// Why it is accepted, for people; nil if nobody wrote it.
    package var reason: String?

    /// Creates the entry that accepts a finding.
    package init(_ finding: CheckFinding) {
      rule = finding.rule
      words = finding.words
      places = finding.places.map(\.file).sorted()
      sketch = finding.sketch
      title = finding.title
    }
  }

  /// The accepted findings.
  package var entries: [Entry] = []

  /// Creates an empty baseline.
  package init() {}

  /// Creates the baseline that accepts findings, with the reasons of an earlier one.
  package init(accepting findings: [CheckFinding], reasonsOf old: CheckBaseline) {
    var matching = BaselineMatching(old, files: [])
    entries = findings.map { finding in
      var entry = Entry(finding)
      entry.reason = matching.entry(for: finding)?.reason
      return entry
    }
  }

  /// Creates the baseline that accepts findings of files below a folder, by their names in it.
  package init(accepting findings: [CheckFinding], below folder: BytePath) {
    let prefix = folder.text + "/"
    entries = findings.map { finding in
      var entry = Entry(finding)
      entry.places = entry.places.map {
        CheckFindings.name($0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0)
      }.sorted()
      return entry
    }
  }

  /// Reads a baseline.
  ///
  /// - Throws: an error with the line, if the file cannot be read or is not a baseline.
  package init(readingFrom path: BytePath) throws(RepriseError) {
    do throws(CorpusError) {
      let content = try InputFile.content(of: path, limit: 256 << 20)
      for (index, line) in content.split(separator: 0x0A, omittingEmptySubsequences: false)
        .enumerated()
      where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
        let number = UInt64(index + 1)
        let tree: JSONTree
        do throws(JSONSyntaxError) {
          tree = try JSONTree(parsing: Array(line))
        } catch {
          throw .invalidResults(path, error.sentence, line: number)
        }
        guard let entry = Entry(tree) else {
          throw .invalidResults(
            path, "a field of the baseline is missing or has an impossible value", line: number)
        }
        entries.append(entry)
      }
    } catch {
      throw RepriseError(error)
    }
  }

  /// The content of the file.
  package var text: String {
    entries.map(\.line).sorted().map { $0 + "\n" }.joined()
  }
}

extension CheckBaseline.Entry {
  init?(_ tree: JSONTree) {
    guard let rule = tree["rule"]?.string.flatMap(CheckFinding.Rule.init(rawValue:)),
      let words = tree["words"]?.integer, words >= 0, let title = tree["title"]?.string,
      let places = tree["places"]?.array, let sketch = tree["sketch"]?.array
    else { return nil }
    self.rule = rule
    self.words = words
    self.title = title
    self.places = places.compactMap(\.string)
    self.sketch = sketch.compactMap { $0.string.flatMap { UInt64($0, radix: 16) } }.sorted()
    reason = tree["reason"]?.string
    guard self.places.count == places.count, self.sketch.count == sketch.count,
      (1...16).contains(sketch.count)
    else { return nil }
  }

  fileprivate var line: String {
    let tree: JSONTree = [
      "fingerprint": .string(CheckFinding.hexadecimal(sketch.first ?? 0)),
      "rule": .string(rule.rawValue), "words": .integer(words),
      "places": .array(places.map { .string($0) }),
      "sketch": .array(sketch.map { .string(CheckFinding.hexadecimal($0)) }),
      "title": .string(title), "reason": reason.map { .string($0) } ?? .null,
    ]
    var writer = JSONWriter(capacity: 1024)
    tree.write(to: &writer)
    return unsafe writer.buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
