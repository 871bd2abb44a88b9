/// Documents connected by verified pairs: one line of `clusters.jsonl`.
package struct ClusterLine {
  /// A document of a cluster.
  package struct Member {
    /// The document.
    package var document: DocumentReference
    /// The Jaccard similarity to the survivor that the document repeats; `nil` for a survivor.
    package var similarity: Double?

    /// Creates a member.
    package init(document: DocumentReference, similarity: Double?) {
      self.document = document
      self.similarity = similarity
    }
  }

  /// The number of the cluster, from 0 in the order of the first members.
  package var cluster: Int
  /// All documents of the cluster, in corpus order.
  package var members: ArraySlice<Member>

  /// Creates a cluster.
  package init(cluster: Int, members: ArraySlice<Member>) {
    self.cluster = cluster
    self.members = members
  }
}

extension ClusterLine: ResultEntry {
  /// Writes every key.
  ///
  /// The survivors are the members without a similarity.
  package func write(to writer: inout JSONWriter) {
    Self.begin(cluster, to: &writer)
    Self.writeSurvivors(of: members, to: &writer)
    Self.beginMembers(to: &writer)
    Self.write(members, to: &writer)
    Self.end(to: &writer)
  }
}

/// The parts of a line in their order, so that a large cluster can be written some members at a time.
extension ClusterLine {
  /// Begins the line and the list of survivors.
  package static func begin(_ cluster: Int, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.integer(cluster, for: "cluster")
    writer.key("survivors")
    writer.beginArray()
  }

  /// Writes those of some members that are survivors.
  package static func writeSurvivors(of members: ArraySlice<Member>, to writer: inout JSONWriter) {
    for member in members where member.similarity == nil { member.document.write(to: &writer) }
  }

  /// Ends the list of survivors and begins that of members.
  package static func beginMembers(to writer: inout JSONWriter) {
    writer.endArray()
    writer.key("members")
    writer.beginArray()
  }

  /// Writes some members.
  package static func write(_ members: ArraySlice<Member>, to writer: inout JSONWriter) {
    for member in members {
      writer.beginObject()
      member.document.writeFields(to: &writer)
      writer.double(member.similarity, for: "similarity")
      writer.endObject()
    }
  }

  /// Ends the list of members and the line.
  package static func end(to writer: inout JSONWriter) {
    writer.endArray()
    writer.endObject()
  }
}
