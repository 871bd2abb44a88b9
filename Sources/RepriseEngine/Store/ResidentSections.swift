internal import RepriseSystem

/// The descriptors and labels of all chunks in memory, for access to documents in any order.
@safe
package final class ResidentSections: @unchecked Sendable {
  /// The locations of a chunk's sections in memory.
  private struct Place {
    var firstDocument: Int
    var descriptors: Int
    var labels: Range<Int>
  }

  // Only `init` writes to `memory`, so threads may share it. All ranges are in bounds: `places`
  // divides the allocated bytes among the sections of the chunks.
  private let memory: UnsafeMutableRawBufferPointer
  private let places: [Place]

  /// Returns the total size of the sections in bytes.
  static func byteCount(_ chunks: [SketchStore.Chunk]) -> Int {
    chunks.reduce(0) { $0 + $1.layout.range(.descriptors).count + $1.layout.range(.labels).count }
  }

  /// Reads the sections on several threads.
  init(_ store: SketchStore, threads: Int, _ cancellation: Cancellation) {
    var places: [Place] = []
    var count = 0
    for chunk in store.chunks {
      let labels = count + chunk.layout.range(.descriptors).count
      let end = labels + chunk.layout.range(.labels).count
      places.append(
        Place(firstDocument: chunk.firstDocument, descriptors: count, labels: labels..<end))
      count = end
    }
    self.places = places
    unsafe memory = Self.allocate(count)
    // Each thread fills a contiguous share. The first access to a page clears all of it, and other
    // threads that access the same large page wait for that.
    let stretch = (store.chunks.count + threads - 1) / max(1, threads)
    Workers.forEach(stretch * threads, threads: threads, cancellation) { turn in
      let index = turn % threads * stretch + turn / threads
      guard index < store.chunks.count else { return }
      let chunk = store.chunks[index]
      for section in [ChunkLayout.Section.descriptors, .labels] {
        let place = unsafe UnsafeMutableRawBufferPointer(
          rebasing: self.memory[self.range(section, index)])
        unsafe store.read(chunk.layout.range(section), of: chunk, into: place)
      }
    }
  }

  deinit { unsafe memory.deallocate() }

  private static let largePageByteCount = 2 << 20

  /// Allocates large pages where possible.
  ///
  /// The memory is written once from end to end, and the page faults of small pages take longer
  /// than that.
  private static func allocate(_ count: Int) -> UnsafeMutableRawBufferPointer {
    let inLargePages = count / largePageByteCount * largePageByteCount
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, count), alignment: inLargePages > 0 ? largePageByteCount : 64)
    if inLargePages > 0 {
      unsafe SystemCalls.requestLargePages(memory.baseAddress, byteCount: inLargePages)
    }
    return unsafe memory
  }

  /// Returns the bytes of a section; nil for one that is not resident.
  func bytes(_ section: ChunkLayout.Section, ofChunk index: Int) -> UnsafeRawBufferPointer? {
    guard section == .descriptors || section == .labels else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: memory[range(section, index)])
  }

  private func range(_ section: ChunkLayout.Section, _ index: Int) -> Range<Int> {
    let place = places[index]
    return section == .labels ? place.labels : place.descriptors..<place.labels.lowerBound
  }

  /// Returns the descriptor of a document in a chunk.
  @inline(__always)
  package func descriptor(_ document: Int, inChunk index: Int) -> DocumentDescriptor {
    unsafe DocumentDescriptor(descriptorBytes(document, places[index]))
  }

  /// Returns the bytes from the label of a document to the end of its chunk's labels.
  @inline(__always)
  package func labels(from document: Int, inChunk index: Int) -> UnsafeRawBufferPointer {
    let place = places[index]
    let offset = unsafe DocumentDescriptor.labelOffset(in: descriptorBytes(document, place))
    let start = min(place.labels.lowerBound + offset, place.labels.upperBound)
    return unsafe UnsafeRawBufferPointer(rebasing: memory[start..<place.labels.upperBound])
  }

  @inline(__always)
  private func descriptorBytes(_ document: Int, _ place: Place) -> UnsafeRawBufferPointer {
    let start =
      place.descriptors + ChunkLayout.descriptorByteCount * (document - place.firstDocument)
    return unsafe UnsafeRawBufferPointer(rebasing: memory[start..<place.labels.lowerBound])
  }
}
