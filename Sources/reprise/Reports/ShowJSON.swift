internal import Reprise

/// What `reprise show` shows as one JSON object.
enum ShowJSON {
  /// Documents; for a sample with the number of those from which it was taken.
  static func text(_ documents: [ShownDocument], of total: Int? = nil) -> String {
    jsonReport { writer in
      writer.objects("documents", documents) { writer, document in
        write(document, to: &writer)
      }
      if let total { writer.field("total", total) }
    }
  }

  /// Two documents.
  static func text(_ pair: ShownPair) -> String {
    jsonReport { writer in
      writer.value("first", pair.first)
      writer.value("second", pair.second)
      writer.field("similarity", pair.similarity)
      writer.field(pair.texts)
    }
  }

  /// The members of a cluster.
  static func text(_ number: Int, _ members: [ManifestEntry]) -> String {
    jsonReport { writer in
      writer.field("cluster", number)
      writer.values("members", members)
    }
  }

  /// A passage.
  static func text(_ passage: ShownPassage) -> String {
    jsonReport { writer in
      writer.value("passage", passage.entry)
      if let texts = passage.texts { writer.field(texts) }
      if let text = passage.text { writer.field("text", text) }
    }
  }

  /// The largest findings.
  static func text(_ overview: ShownOverview) -> String {
    jsonReport { writer in
      writer.values("passages_in_most_documents", overview.spread)
      writer.values("passages_with_most_removed_text", overview.largest)
      writer.objects("clusters", overview.clusters) { writer, cluster in
        writer.field("cluster", cluster.number)
        writer.field("documents", cluster.memberCount)
        writer.field("title", cluster.title)
      }
      writer.objects("repeats", overview.repeats) { writer, pair in
        writer.field("source", pair.file)
        writer.field("kept_source", pair.kept)
        writer.field("bytes", pair.byteCount)
      }
      writer.objects("thresholds", overview.thresholds) { writer, one in
        writer.field("threshold", one.value)
        writer.field("near_duplicates", one.nearDuplicates)
        writer.field("is_of_scan", one.isOwn)
      }
    }
  }

  private static func write(_ document: ShownDocument, to writer: inout JSONWriter) {
    writer.value("document", document.entry)
    if let partner = document.partner { writer.value("kept", partner) }
    if let texts = document.texts { writer.field(texts) }
    if !document.cuts.isEmpty {
      writer.objects("cuts", document.cuts) { writer, cut in
        writer.value("cut", cut.cut)
        if let texts = cut.texts { writer.field(texts) }
      }
    }
    if let text = document.text { writer.field("text", text) }
  }
}

extension JSONWriter {
  /// Writes a field with an entry of a results file.
  fileprivate mutating func value(_ name: String, _ entry: some ResultEntry) {
    self.name(name)
    entry.write(to: &self)
  }

  /// Writes a field with an array of entries.
  fileprivate mutating func values(_ name: String, _ entries: [some ResultEntry]) {
    self.name(name)
    beginArray()
    for entry in entries { entry.write(to: &self) }
    endArray()
  }

  /// Writes the numbers of words and the rows of two texts.
  fileprivate mutating func field(_ texts: AlignedTexts) {
    field("words_in_common", texts.common)
    field("words_only_first", texts.onlyFirst)
    field("words_only_second", texts.onlySecond)
    objects("rows", texts.rows) { writer, row in
      writer.parts("first", row.first)
      writer.parts("second", row.second)
    }
  }

  /// Writes words as parts of the text, each of words that differ or of words that do not.
  private mutating func parts(_ name: String, _ words: [AlignedRow.Word]) {
    var parts: [(text: String, differs: Bool)] = []
    var space = ""
    for word in words {
      if let last = parts.last, last.differs == word.isMarked {
        parts[parts.count - 1].text += space + word.text
      } else {
        if !parts.isEmpty { parts[parts.count - 1].text += space }
        parts.append((word.text, word.isMarked))
      }
      space = word.isFollowedBySpace ? " " : ""
    }
    objects(name, parts) { writer, part in
      writer.field("text", part.text)
      writer.field("differs", part.differs)
    }
  }
}
