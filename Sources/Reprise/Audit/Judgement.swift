internal import RepriseEngine
package import RepriseFormats

/// What a person says of a dropped document: a line of a file of labels.
///
/// `reprise audit --label` and the page of `reprise report` write such files.
package struct Judgement: Hashable, Sendable {
  /// What a person can say.
  package enum Label: String, CaseIterable, Sendable {
    /// Both documents are the same to the person.
    case same
    /// They are different.
    case different
    /// The person cannot tell.
    case unsure
  }

  /// How the document was chosen.
  package enum Kind: String, Sendable {
    /// At random among all near-duplicates.
    case random
    /// At random among those of a fifth of the similarities, as many of each.
    case bySimilarity = "by-similarity"
  }

  /// A document.
  package struct Document: Hashable, Sendable {
    /// Its id.
    package var id: String
    /// The file that contains it.
    package var source: String
    /// Its byte offset in the file.
    package var offset: Int

    /// Creates a document.
    package init(id: String, source: String, offset: Int) {
      (self.id, self.source, self.offset) = (id, source, offset)
    }
  }

  /// The document that stays.
  package var first: Document
  /// The one that was dropped.
  package var second: Document
  /// Their similarity.
  package var similarity: Double
  /// The label; nil to withdraw an earlier one.
  package var label: Label?
  /// How the document was chosen.
  package var kind: Kind

  /// Creates a judgement.
  package init(
    first: Document, second: Document, similarity: Double, label: Label?, kind: Kind = .random
  ) {
    (self.first, self.second, self.kind) = (first, second, kind)
    (self.similarity, self.label) = (similarity, label)
  }

  /// The line of the file, without its end.
  package var line: String {
    let tree: JSONTree = [
      "first": first.tree, "second": second.tree, "passage": .null,
      "kind": .string(kind.rawValue),
      "similarity": .double(similarity), "label": label.map { .string($0.rawValue) } ?? .null,
    ]
    var writer = JSONWriter(capacity: 1024)
    tree.write(to: &writer)
    return unsafe writer.buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Reads the judgements of near-duplicates that were taken at random.
  ///
  /// A later line about the same document replaces an earlier one. Samples that were not chosen at random, which
  /// a report has too, are left out.
  ///
  /// - Parameter path: the file.
  /// - Returns: the judgements in the order of the documents' first lines.
  /// - Throws: an error with the line, if the file cannot be read or has another form.
  package static func read(_ path: BytePath) throws(RepriseError) -> [Judgement] {
    do throws(CorpusError) {
      let content = try InputFile.content(of: path, limit: 256 << 20)
      var order: [Document] = []
      var found: [Document: Judgement] = [:]
      for (index, line) in content.split(separator: 0x0A, omittingEmptySubsequences: false)
        .enumerated() where !line.isEmpty
      {
        let tree: JSONTree
        do throws(JSONSyntaxError) {
          tree = try JSONTree(parsing: Array(line))
        } catch {
          throw .invalidResults(path, error.sentence, line: UInt64(index + 1))
        }
        guard Kind(tree) != nil else { continue }
        guard let judgement = Judgement(tree) else {
          throw .invalidResults(
            path, "a field of the label is missing or has an impossible value",
            line: UInt64(index + 1))
        }
        if found.updateValue(judgement, forKey: judgement.second) == nil {
          order.append(judgement.second)
        }
      }
      return order.compactMap { found[$0] }.filter { $0.label != nil }
    } catch {
      throw RepriseError(error)
    }
  }

  private init?(_ tree: JSONTree) {
    guard let first = Document(tree["first"]), let second = Document(tree["second"]),
      let kind = Kind(tree)
    else { return nil }
    let label = tree["label"]?.string.map(Label.init(rawValue:))
    // A string that is not a label is an error, and null is none.
    if case .some(.none) = label { return nil }
    self.init(
      first: first, second: second, similarity: tree["similarity"]?.double ?? 0,
      label: label ?? nil, kind: kind)
  }
}

extension Judgement.Kind {
  /// The kind of a line; nil for samples that were not chosen at random.
  fileprivate init?(_ tree: JSONTree) {
    guard let kind = tree["kind"] else {
      self = .random
      return
    }
    self.init(rawValue: kind.string ?? "")
  }
}

extension Judgement.Document {
  fileprivate init?(_ tree: JSONTree?) {
    guard let id = tree?["id"]?.string, let source = tree?["source"]?.string,
      let offset = tree?["offset"]?.integer
    else { return nil }
    self.init(id: id, source: source, offset: offset)
  }

  fileprivate var tree: JSONTree {
    ["id": .string(id), "source": .string(source), "offset": .integer(offset)]
  }
}
