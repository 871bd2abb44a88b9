internal import RepriseCore

/// Reads documents again, to verify them or to find their passages.
package struct DocumentRereader: Sendable {
  let texts: any TextProvider
  let store: SketchStore
  let scheme: Scheme
  let threads: Int
  let cancellation: Cancellation

  /// Copies documents that cannot be read in place, each input on one of the threads.
  ///
  /// Earlier copies are discarded.
  func copy(_ documents: some Sequence<UInt32>) { copy(documents, keepsEarlier: false) }

  /// Copies the documents that cannot be read in place and are not copied yet.
  ///
  /// Earlier copies stay.
  func copyMore(_ documents: some Sequence<UInt32>) { copy(documents, keepsEarlier: true) }

  /// Copies documents by their ranks in keep order, as ``copyMore(_:)`` does.
  func copyMore<Ranks: Sequence<UInt32>>(ranks: @autoclosure () -> Ranks, in order: KeepOrder) {
    guard needsCopies else { return }
    copyMore(ranks().map { UInt32(order.document($0)) })
  }

  private func copy(_ documents: some Sequence<UInt32>, keepsEarlier: Bool) {
    guard needsCopies else { return }
    var byInput: [Int: [DocumentLocator]] = [:]
    let descriptors = SketchReader(store)
    for document in documents {
      let input = Int(store.slice(of: Int(document)).input)
      guard texts.needsCopies(ofInput: input) else { continue }
      byInput[input, default: []].append(
        descriptors.descriptor(Int(document)).locator(ofInput: input))
    }
    let (copies, texts) = (byInput.sorted { $0.key < $1.key }, texts)
    Workers.forEach(copies.count, threads: threads, cancellation) { index in
      texts.copy(copies[index].value, keepsEarlier: keepsEarlier)
    }
  }

  /// True if some input must be copied before its documents can be read again.
  var needsCopies: Bool { texts.needsCopies }

  /// Returns the number of tokens of a document when it was first read.
  func tokenCount(of document: Int) -> Int {
    Int(SketchReader(store).descriptor(document).contentHash.tokenCount)
  }

  /// Creates a reader for one thread.
  ///
  /// - Parameter keepsSourceRanges: true to record the byte range of every token in the text.
  /// - Returns: a reader with buffers of its own.
  func makeReader(keepsSourceRanges: Bool = false) -> TextReader {
    TextReader(texts, store, scheme, keepsSourceRanges: keepsSourceRanges)
  }
}
