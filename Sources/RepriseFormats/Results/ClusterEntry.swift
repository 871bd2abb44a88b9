/// Documents connected by verified pairs: one line of `clusters.jsonl`.
public struct ClusterEntry: Hashable, Sendable {
  /// A document of a cluster.
  public struct Member: Hashable, Sendable {
    /// The document.
    public var document: DocumentName
    /// The Jaccard similarity to the survivor that the document repeats; nil for a survivor.
    public var similarity: Double?

    /// Creates a member.
    package init(document: DocumentName, similarity: Double?) {
      (self.document, self.similarity) = (document, similarity)
    }
  }

  /// The number of the cluster, from 0 in the order of the first members.
  public var cluster: Int
  /// All documents of the cluster, in corpus order.
  public var members: [Member]

  /// Creates a cluster.
  package init(cluster: Int, members: [Member]) {
    (self.cluster, self.members) = (cluster, members)
  }
}

extension ClusterEntry: ResultEntry {
  /// Writes every key.
  package func write(to writer: inout JSONWriter) {
    let members = members.map {
      ClusterLine.Member(document: $0.document.reference, similarity: $0.similarity)
    }
    ClusterLine(cluster: cluster, members: members[...]).write(to: &writer)
  }
}

extension ClusterEntry {
  /// Reads the JSON form; nil if a field is missing or has a value that no run writes.
  package init?(_ tree: JSONTree) {
    guard let cluster = tree["cluster"]?.integer, let list = tree["members"]?.array else {
      return nil
    }
    var members: [Member] = []
    for tree in list {
      guard let document = DocumentName(tree) else { return nil }
      members.append(Member(document: document, similarity: tree["similarity"]?.double))
    }
    self.init(cluster: cluster, members: members)
  }
}
