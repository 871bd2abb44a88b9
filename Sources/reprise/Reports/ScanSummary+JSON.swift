internal import Reprise

extension ScanSummary {
  /// The summary as one line of JSON.
  func json() -> String {
    jsonReport { writer in
      writer.field("output", output)
      writer.field("sources", inputCount)
      writeDocuments(&writer)
      writer.object("bytes") { writer in
        writer.field("total", bytes.total)
        writer.field("exact_duplicates", bytes.exactDuplicates)
        writer.field("word_duplicates", bytes.wordDuplicates)
        writer.field("near_duplicates", bytes.nearDuplicates)
        writer.field("contained_duplicates", bytes.contained)
        writer.field("remnants", bytes.remnants)
        writer.field("passages", bytes.passages)
        writer.field("removed", bytes.removed)
        writer.field("stored", bytes.stored)
      }
      writeClusters(&writer)
      writePassages(&writer)
      writer.field("left_out", leftOut)
      writer.object("problems") { writer in
        for (name, count) in sortedProblems { writer.field(name, count) }
      }
      writeScheme(&writer)
      writer.objects("stages", stages) { writer, stage in
        writer.field("name", stage.name)
        writer.field("seconds", stage.seconds)
        writer.field("processor_seconds", stage.processorSeconds)
      }
    }
  }

  private func writeDocuments(_ writer: inout JSONWriter) {
    writer.object("documents") { writer in
      writer.field("total", documents.total)
      writer.field("kept", documents.kept)
      writer.field("exact_duplicates", documents.exactDuplicates)
      writer.field("word_duplicates", documents.wordDuplicates)
      writer.field("near_duplicates", documents.nearDuplicates)
      writer.field("contained_duplicates", documents.contained)
      writer.field("passage_duplicates", documents.passageDuplicates)
      writer.field("remnants", documents.remnants)
      writer.field("removed", documents.removed)
      writer.field("trimmed", documents.trimmed)
      writer.field("empty", documents.empty)
      writer.field("unreadable", documents.unreadable)
    }
  }

  private func writeClusters(_ writer: inout JSONWriter) {
    writer.field("clusters", clusterCount)
    writer.field("pairs", pairCount)
    writer.object("verification") { writer in
      writer.field("candidates", verification.candidates)
      writer.field("screened", verification.screened)
      writer.field("compared", verification.compared)
      writer.field("survivor_limit_hits", survivorLimitHits)
    }
    writer.objects("largest_clusters", largestClusters) { writer, cluster in
      writer.field("cluster", cluster.cluster)
      writer.field("documents", cluster.memberCount)
      writer.field("id", cluster.id)
      writer.field("title", cluster.title)
    }
  }

  private func writePassages(_ writer: inout JSONWriter) {
    writer.field("passages", passageCount)
    writer.field("boilerplate", boilerplateCount)
    writer.objects("largest_passages", largestPassages) { writer, passage in
      writer.field("passage", passage.passage)
      writer.field("title", passage.title)
      writer.field("words", passage.words)
      writer.field("bytes", passage.byteCount)
      writer.field(passage.isBoilerplate ? "boilerplate_documents" : "places", passage.placeCount)
    }
  }

  private func writeScheme(_ writer: inout JSONWriter) {
    writer.object("scheme") { writer in
      writer.field("number", Int(Scheme.number))
      writer.field("ngram", scheme.shingleLength)
      writer.field("signature", scheme.signatureMethod.rawValue)
      writer.field("slots", scheme.slotCount)
      writer.field("bands", scheme.bands.bandCount)
      writer.field("rows", scheme.bands.rowCount)
    }
  }
}

extension ScanSummary {
  /// Problems by class, the most frequent first.
  var sortedProblems: [(name: String, count: Int)] {
    problems.map { (name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }
}

extension ScanSummary.DocumentCounts {
  /// The number of documents that `clean` removes.
  var removed: Int {
    exactDuplicates + wordDuplicates + nearDuplicates + contained + passageDuplicates + remnants
  }

  /// True if `clean` removes anything: whole documents, or passages of trimmed ones.
  var hasTextToRemove: Bool { removed > 0 || trimmed > 0 }
}

extension ScanSummary.ByteCounts {
  /// The size of the text that `clean` removes, in bytes.
  var removed: Int {
    exactDuplicates + wordDuplicates + nearDuplicates + contained + passages + remnants
  }
}
