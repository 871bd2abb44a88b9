internal import RepriseCore

/// The documents that take part in each stage, and the keep order.
package struct Participants: Sendable {
  /// Documents that could be read.
  package private(set) var readable: DocumentSet
  /// Documents with a signature.
  package private(set) var signed: DocumentSet
  /// Documents with an id, without reference documents.
  package private(set) var named: DocumentSet
  /// The numbers of the keep order of each document, greater first; empty for corpus order.
  package private(set) var orderKeys: [Double] = []
  /// The numbers that each document has.
  package private(set) var orderKeyCount = 0
  /// The number of reference documents, which come first.
  private let referenceCount: Int

  /// Reads all descriptors once.
  package init(_ store: SketchStore) {
    referenceCount = store.referenceCount
    readable = DocumentSet(count: store.documentCount)
    signed = readable
    named = readable
    orderKeyCount = store.chunks.reduce(0) { max($0, $1.layout.orderKeyCount) }
    orderKeys.reserveCapacity(orderKeyCount * store.documentCount)
    let reader = SketchReader(store)
    for chunk in store.chunks {
      // In bounds: the section has `descriptorByteCount` bytes per document of the chunk.
      let descriptors = unsafe reader.bytes(.descriptors, of: chunk)
      for index in 0..<chunk.layout.documentCount {
        let descriptor = unsafe DocumentDescriptor(
          UnsafeRawBufferPointer(
            rebasing: descriptors[(index * ChunkLayout.descriptorByteCount)...]))
        let document = UInt32(chunk.firstDocument + index)
        if !descriptor.isUnreadable { readable.insert(document) }
        if descriptor.isSigned { signed.insert(document) }
        if descriptor.idHash != 0, document >= referenceCount { named.insert(document) }
      }
      guard orderKeyCount > 0 else { continue }
      let keys = unsafe reader.bytes(.orderKeys, of: chunk)
      for offset in stride(from: 0, to: keys.count, by: 8) {
        orderKeys.append(Double(bitPattern: unsafe keys.number(at: offset, UInt64.self)))
      }
    }
  }

  /// Removes the exact duplicates of other documents.
  mutating func removeCopies(_ representatives: [UInt32]) {
    for (document, representative) in representatives.enumerated()
    where representative != UInt32(document) {
      signed.remove(UInt32(document))
    }
  }

  /// Returns whether a document precedes another in keep order; nil for corpus order.
  var comesFirst: (@Sendable (UInt32, UInt32) -> Bool)? {
    guard !orderKeys.isEmpty else { return nil }
    let (keys, count, references) = (orderKeys, orderKeyCount, referenceCount)
    return { left, right in
      let isReference = left < references
      if isReference != (right < references) { return isReference }
      for index in 0..<count {
        let leftKey = keys[Int(left) * count + index]
        let rightKey = keys[Int(right) * count + index]
        if leftKey != rightKey { return leftKey > rightKey }
      }
      return left < right
    }
  }
}
