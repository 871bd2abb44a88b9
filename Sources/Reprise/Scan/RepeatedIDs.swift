internal import RepriseCore
internal import RepriseFormats
internal import Synchronization

/// The documents whose id an earlier document has.
struct RepeatedIDs: Sendable {
  /// For each document the first one with its id, or `none`; empty if no id repeats.
  private var firsts: [UInt32] = []

  private static let none = UInt32.max

  /// No document.
  init() {}

  /// Compares the ids of documents that have one.
  init(_ groups: DocumentGrouper, _ named: DocumentSet, inputs: InputPaths) {
    let found = Mutex<[UInt32]>([])
    groups.forEachRange(by: .descriptor(offset: DocumentDescriptor.idHashOffset), named) {
      buckets in
      let names = DocumentLabels(groups.store, inputs: inputs)
      for group in 0..<buckets.count {
        let members = buckets[group]
        let first = members[members.startIndex]
        let id = names[Int(first)].id.string
        for member in members.dropFirst() where names[Int(member)].id.string == id {
          found.withLock { firsts in
            if firsts.isEmpty {
              firsts = Array(repeating: Self.none, count: groups.store.documentCount)
            }
            firsts[Int(member)] = first
          }
        }
      }
    }
    firsts = found.withLock { $0 }
  }

  /// Calls `body` with each document and the first one with its id, in corpus order.
  func list(
    _ body: (_ document: Int, _ first: Int) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    for (document, first) in firsts.enumerated() where first != Self.none {
      try body(document, Int(first))
    }
  }
}
