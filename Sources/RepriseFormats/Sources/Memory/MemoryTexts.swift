/// Gives texts in memory again.
package struct MemoryTexts: TextProvider {
  private let texts: [String?]

  init(_ texts: [String?]) { self.texts = texts }

  package var needsCopies: Bool { false }

  package func needsCopies(ofInput input: Int) -> Bool { false }

  /// Does nothing: texts in memory can always be read.
  package func copy(_ documents: [DocumentLocator]) {}

  package func makeReader() -> any TextBytesReader { Reader(texts) }

  /// Copies one text at a time into a buffer.
  private final class Reader: TextBytesReader {
    private let texts: [String?]
    private var storage = PaddedBytes()
    /// Memory above this number of bytes is released after each text.
    private static let retainedByteCount = 4 << 20

    init(_ texts: [String?]) { self.texts = texts }

    func text(at locator: DocumentLocator) -> UnsafeRawBufferPointer? {
      guard locator.position < UInt64(texts.count), var text = texts[Int(locator.position)] else {
        return nil
      }
      storage.reset(keeping: Self.retainedByteCount)
      text.withUTF8 { unsafe storage.append(UnsafeRawBufferPointer($0)) }
      return unsafe UnsafeRawBufferPointer(storage.bytes)
    }

    /// Does nothing: texts in memory do not change.
    func reportChange(of locator: DocumentLocator) {}
  }
}
