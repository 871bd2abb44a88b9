internal import RepriseCore
internal import Synchronization

/// The documents whose id an earlier document has.
package struct RepeatedIDs: Sendable {
  /// For each document the first one with its id, or `none`; empty if no id repeats.
  private var firsts: [UInt32] = []

  private static let none = UInt32.max

  /// No document.
  package init() {}

  /// Compares the ids of documents that have one.
  package init(_ groups: DocumentGrouper, _ named: DocumentSet) {
    let found = Mutex<[UInt32]>([])
    groups.forEachRange(by: .descriptor(offset: DocumentDescriptor.idHashOffset), named) {
      buckets in
      let reader = SketchReader(groups.store)
      func id(_ document: UInt32) -> String {
        let descriptor = reader.descriptor(Int(document))
        return unsafe String(
          decoding: reader.label(Int(document), descriptor).id, as: UTF8.self)
      }
      for group in 0..<buckets.count {
        let members = buckets[group]
        let first = members[members.startIndex]
        let firstID = id(first)
        for member in members.dropFirst() where id(member) == firstID {
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
  package func list<Failure: Error>(
    _ body: (_ document: Int, _ first: Int) throws(Failure) -> Void
  ) throws(Failure) {
    for (document, first) in firsts.enumerated() where first != Self.none {
      try body(document, Int(first))
    }
  }
}
