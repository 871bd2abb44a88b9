internal import RepriseEngine
internal import RepriseFormats
internal import Synchronization

/// Limits the memory for documents that are large in relation to the memory limit.
///
/// They are sketched one at a time, and one that would exceed the whole limit ends the run.
final class LargeDocumentGate: Sendable {
  private let memory: Int
  /// The maximum size in bytes of documents that can be sketched in all threads at once.
  private let smallByteCount: Int
  private let turn = Mutex(())

  /// The memory for four bytes of a document: the document itself, its normalized text, and for its
  /// tokens the starts and the shingle ids, or the positions in the text.
  private let memoryPerFourBytes: Int

  init(_ options: EngineOptions) {
    memory = options.memory ?? MemoryPlan.defaultMemory
    memoryPerFourBytes = options.matching.find == .documents ? 17 : 20
    smallByteCount = memory / (32 * options.threads)
  }

  /// Calls `body`, which sketches the documents of a batch.
  ///
  /// - Throws: `tooLittleMemory` for a document that would take more than there is, or what `body`
  ///   throws.
  func withRoom(
    for batch: SourceBatch, of inputNames: [String], _ body: () throws(CorpusError) -> Void
  ) throws(CorpusError) {
    guard let largest = batch.largest, largest.extent > smallByteCount else { return try body() }
    let byteCount = Int(largest.extent)
    let need = MemoryPlan.processByteCount + byteCount / 4 * memoryPerFourBytes
    guard need <= memory + memory / 10 else {
      let path = BytePath(inputNames[largest.input])
      throw CorpusError.tooLittleMemory(
        "not enough memory: the document of \(byteCount >> 20) MiB at byte "
          + "\(largest.position) of \"\(path)\" needs about \(need >> 20) MiB, and the limit is "
          + "\(memory >> 20) MiB")
    }
    try turn.withLock { _ throws(CorpusError) in try body() }
  }
}
