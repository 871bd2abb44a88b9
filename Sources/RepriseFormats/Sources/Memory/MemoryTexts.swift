package import RepriseEngine

/// Gives texts in memory again.
package struct MemoryTexts: TextProvider {
  private let inputs: [any MemoryRows]

  init(_ inputs: [any MemoryRows]) { self.inputs = inputs }

  package var needsCopies: Bool { false }

  package func needsCopies(ofInput input: Int) -> Bool { false }

  /// Does nothing: texts in memory can always be read.
  package func copy(_ documents: [DocumentLocator], keepsEarlier: Bool) {}

  package func makeReader() -> any TextBytesReader { Reader(inputs) }

  /// Copies one text at a time into a buffer.
  private final class Reader: TextBytesReader {
    private let inputs: [any MemoryRows]
    private var storage = PaddedBytes()
    /// Memory above this number of bytes is released after each text.
    private static let retainedByteCount = 4 << 20

    init(_ inputs: [any MemoryRows]) { self.inputs = inputs }

    func text(at locator: DocumentLocator) -> UnsafeRawBufferPointer? {
      let rows = inputs[locator.input]
      guard locator.position < UInt64(rows.count) else { return nil }
      storage.reset(keeping: Self.retainedByteCount)
      var isMissing = true
      unsafe rows.withText(ofRow: Int(locator.position)) { text in
        unsafe storage.append(text)
        isMissing = false
      }
      return isMissing ? nil : unsafe UnsafeRawBufferPointer(storage.bytes)
    }

    func release() { storage.reset(keeping: Self.retainedByteCount) }

    /// Does nothing: texts in memory do not change.
    func reportChange(of locator: DocumentLocator) {}
  }
}
