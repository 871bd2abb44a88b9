extension Audit {
  /// The result of an audit.
  public struct Report: Sendable {
    /// A document of the sample, and the earlier one that is most similar to it.
    public struct Pair: Hashable, Sendable {
      /// The id of the document.
      public internal(set) var id: String
      /// The id of the earlier document.
      public internal(set) var earlier: String
      /// The index of the document's line in the manifest, from 0.
      public let row: Int
      /// That of the earlier document.
      public let earlierRow: Int
      /// Their Jaccard similarity.
      public let similarity: Double
    }

    /// A drop whose similarity is not the one in the manifest.
    public struct WrongDrop: Hashable, Sendable {
      /// The id of the document that was dropped.
      public let id: String
      /// The similarity in the manifest.
      public let written: Double
      /// The similarity of the texts.
      public let measured: Double
    }

    /// An estimate with its limits.
    public struct Estimate: Hashable, Sendable {
      /// The estimate; NaN if there was nothing to find.
      public let value: Double
      /// The lower limit.
      public let lower: Double
      /// The upper limit.
      public let upper: Double
    }

    /// The kept documents whose similarity to an earlier document is in one range.
    package struct Bin: Hashable, Sendable {
      /// The lowest similarity.
      package let from: Double
      /// The end of the range (exclusive).
      package let end: Double
      /// The number of these documents in the sample.
      package let sampleCount: Int
      /// The estimated number of these among all that stay, with its limits.
      package let all: Estimate
    }

    /// What was computed again about passages.
    package struct Passages: Hashable, Sendable {
      /// A cut whose words the kept document lacks, or loses by a cut of its own.
      package struct WrongCut: Hashable, Sendable {
        /// The id of the document.
        package let id: String
        /// The bytes that are cut.
        package let span: Range<Int>
        /// The share of the words that the kept document has.
        package let identity: Double
      }

      /// A document that still has words which an earlier one has.
      package struct Left: Hashable, Sendable {
        /// The id of the document.
        package let id: String
        /// The id of the earlier document.
        package let earlier: String
      }

      /// The length of the shortest passage in words.
      package let minimum: Int
      /// The number of cuts that name a document of the manifest.
      package let cutCount: Int
      /// The number of those that were computed again.
      package let checkedCount: Int
      /// The cuts that were wrong.
      package let wrong: [WrongCut]
      /// The documents of the sample that share words with an earlier one where no passage was
      /// found.
      package let left: [Left]
      /// The estimated number of these among all that stay, with its limits.
      package let leftOfAll: Estimate
    }

    /// What a threshold would drop.
    public struct Threshold: Hashable, Sendable {
      /// The minimum similarity.
      public let threshold: Double
      /// The estimated number of near-duplicates that the threshold would drop.
      public let nearDuplicates: Int
    }

    /// The size and hash of the manifest, which tell whose results were audited.
    public let manifest: String
    /// The threshold of the scan.
    public let threshold: Double
    /// The probability that the scan promised for pairs at the threshold.
    public let promisedRecall: Double
    /// The number of documents that were dropped as duplicates.
    public let dropCount: Int
    /// The number of documents that stay and have words.
    public let stayCount: Int
    /// The number of those that were compared with all others.
    public let sampleCount: Int
    /// The documents of the sample that repeat an earlier one and stayed, most similar first.
    public let missed: [Pair]
    /// The documents of the sample just below the threshold, most similar first; at most 10.
    public let nearMisses: [Pair]
    /// The share of duplicates that were found.
    public let recall: Estimate
    /// The recall to expect from the probabilities of the bands.
    public let expectedRecall: Double
    /// The number of drops that were computed again.
    public let checkedCount: Int
    /// The drops that were wrong.
    public let wrong: [WrongDrop]
    /// The numbers of documents of the sample below the threshold, one for each tenth of similarity
    /// to an earlier document, from 0.
    public let below: [Int]
    /// The documents below the threshold, one for each tenth of similarity from the lowest that is
    /// shown.
    package let bins: [Bin]
    /// Whether the sample is smaller than asked for, because of the memory limit.
    package let isLimitedByMemory: Bool
    /// The numbers of dropped near-duplicates in five equal ranges of similarity, from the
    /// threshold to 1.
    package let nearFifths: [Int]
    /// What was computed again about passages; nil if the scan did not look for them.
    package let passages: Passages?
    /// What other thresholds would drop.
    public let thresholds: [Threshold]

    /// Whether every document that stays was compared, so that nothing is estimated.
    public var isCensus: Bool { sampleCount == stayCount }
  }
}
