@testable import Reprise
@testable import RepriseEngine

/// The sketches of all documents of a source, independent of batches and pieces.
struct SketchedDocuments {
  struct Document: Equatable {
    var contentHash: ContentHash
    var textByteCount: UInt32
    var isUnreadable: Bool
    var idHash: UInt64
    var keys: [UInt64]
    var bBitSignature: [UInt64]
    var order: [Double]
    /// The line in the input, from 1.
    var line: Int
    var id: String
    var title: String
    var position: UInt64

    /// Equal in everything but what only the source knows.
    static func == (left: Self, right: Self) -> Bool {
      (left.contentHash, left.textByteCount, left.isUnreadable, left.idHash, left.line)
        == (right.contentHash, right.textByteCount, right.isUnreadable, right.idHash, right.line)
        && left.keys == right.keys && left.bBitSignature == right.bBitSignature
        && (left.order, left.id, left.title) == (right.order, right.id, right.title)
    }
  }

  struct Fingerprint: Equatable, Comparable {
    var document: Int
    var position: UInt32
    var key: UInt64
    var context: UInt32

    static func < (left: Self, right: Self) -> Bool {
      (left.document, left.position) < (right.document, right.position)
    }
  }

  private(set) var documents: [Document] = []
  private(set) var fingerprints: [Fingerprint] = []
  private(set) var problemCount = 0
  private var lineCount = 0

  /// Sketches a source of one input, whose batches one thread gets in order.
  init(of source: any DocumentSource, _ matching: MatchingParameters) throws {
    var sketcher = ChunkSketcher(source, matching)
    while try sketcher.next() {
      let batch = sketcher.batch
      try sketcher.sketch { sketches, _ throws(CorpusError) in add(sketches) }
      lineCount += batch.slices.reduce(0) { $0 + $1.lineFeedCount }
    }
    fingerprints.sort()
  }

  private mutating func add(_ sketches: borrowing ChunkSketches) {
    let (first, count) = (documents.count, sketches.documents.count)
    problemCount += sketches.problemCount
    for partition in 0..<FingerprintList.partitionCount {
      sketches.fingerprints.forEach(inPartition: partition) { key, posting in
        fingerprints.append(
          Fingerprint(
            document: first + Int(posting.document), position: posting.position, key: key,
            context: posting.context))
      }
    }
    guard count > 0 else { return }
    let (keys, words) = (sketches.keys.count / count, sketches.bBitSignatures.count / count)
    let orders = sketches.orderKeys.count / count
    for (index, descriptor) in sketches.documents.enumerated() {
      unsafe sketches.labels.withUnsafeBytes { labels in
        let label = unsafe Label(
          UnsafeRawBufferPointer(rebasing: labels[Int(descriptor.labelOffset)...]))
        documents.append(
          Document(
            contentHash: descriptor.contentHash, textByteCount: descriptor.textByteCount,
            isUnreadable: descriptor.isUnreadable, idHash: descriptor.idHash,
            keys: Array(sketches.keys[index * keys..<(index + 1) * keys]),
            bBitSignature: Array(sketches.bBitSignatures[index * words..<(index + 1) * words]),
            order: Array(sketches.orderKeys[index * orders..<(index + 1) * orders]),
            line: lineCount + label.line, id: unsafe String(decoding: label.id, as: UTF8.self),
            title: unsafe String(decoding: label.title, as: UTF8.self),
            position: descriptor.offset))
      }
    }
  }
}
