internal import RepriseCore

/// The documents that take part in each stage, and the keep order.
struct Participants: Sendable {
  /// Documents that could be read.
  private(set) var readable: DocumentSet
  /// Documents with a signature.
  private(set) var signed: DocumentSet
  /// Documents with an id.
  private(set) var named: DocumentSet
  /// The keep order's value of each document, greater first; empty for corpus order.
  private(set) var orderKeys: [Double] = []

  /// Reads all descriptors once.
  init(_ store: SketchStore) {
    readable = DocumentSet(count: store.documentCount)
    signed = readable
    named = readable
    let hasOrder = store.chunks.contains { $0.layout.hasOrderKeys }
    if hasOrder { orderKeys.reserveCapacity(store.documentCount) }
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
        if descriptor.idHash != 0 { named.insert(document) }
      }
      guard hasOrder else { continue }
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
    let keys = orderKeys
    return { left, right in
      let (leftKey, rightKey) = (keys[Int(left)], keys[Int(right)])
      return leftKey == rightKey ? left < right : leftKey > rightKey
    }
  }
}
