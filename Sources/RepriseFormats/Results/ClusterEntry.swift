/// Documents connected by verified pairs: one line of `clusters.jsonl`.
public struct ClusterEntry {
  /// A document of a cluster.
  public struct Member {
    /// The document.
    public var document: DocumentReference
    /// The Jaccard similarity to the survivor that the document repeats; `nil` for a survivor.
    public var similarity: Double?

    /// Creates a member.
    public init(document: DocumentReference, similarity: Double?) {
      self.document = document
      self.similarity = similarity
    }
  }

  /// The number of the cluster, from 0 in the order of the first members.
  public var cluster: Int
  /// All documents of the cluster, in corpus order.
  public var members: ArraySlice<Member>

  /// Creates a cluster.
  public init(cluster: Int, members: ArraySlice<Member>) {
    self.cluster = cluster
    self.members = members
  }
}

extension ClusterEntry: ResultEntry {
  /// Writes every key.
  ///
  /// The survivors are the members without a similarity.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.integer(cluster, for: "cluster")
    writer.key("survivors")
    writer.beginArray()
    for member in members where member.similarity == nil { member.document.write(to: &writer) }
    writer.endArray()
    writer.key("members")
    writer.beginArray()
    for member in members {
      writer.beginObject()
      member.document.writeFields(to: &writer)
      writer.double(member.similarity, for: "similarity")
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}
