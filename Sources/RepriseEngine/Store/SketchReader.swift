internal import RepriseCore

/// Reads sections of chunks into a reused buffer.
///
/// Not thread-safe.
@safe
package final class SketchReader {
  private let store: SketchStore
  private let resident: ResidentSections?
  private var room = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)

  package init(_ store: SketchStore) {
    self.store = store
    resident = store.resident
  }

  deinit { unsafe room.deallocate() }

  /// Returns the bytes of a section, valid until the next call.
  ///
  /// - Parameters:
  ///   - section: the section.
  ///   - chunk: the chunk.
  ///   - range: the byte range in the section; nil for all of it.
  /// - Returns: the bytes.
  package func bytes(
    _ section: ChunkLayout.Section, of chunk: SketchStore.Chunk, _ range: Range<Int>? = nil
  ) -> UnsafeRawBufferPointer {
    if let bytes = unsafe resident?.bytes(section, ofChunk: chunk.index) {
      guard let range else { return unsafe bytes }
      return unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
    }
    let whole = chunk.layout.range(section)
    let wanted =
      range.map { whole.lowerBound + $0.lowerBound..<whole.lowerBound + $0.upperBound } ?? whole
    if unsafe room.count < wanted.count {
      unsafe room.deallocate()
      unsafe room = .allocate(byteCount: wanted.count + wanted.count / 4, alignment: 64)
    }
    // In bounds: `room` has just been enlarged if it had fewer bytes than wanted.
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: room[..<wanted.count])
    unsafe store.read(wanted, of: chunk, into: target)
    return UnsafeRawBufferPointer(target)
  }

  /// Returns the descriptor of a document.
  package func descriptor(_ document: Int) -> DocumentDescriptor {
    let index = store.chunkIndex(of: document)
    if let resident { return resident.descriptor(document, inChunk: index) }
    let chunk = store.chunks[index]
    return descriptor(document - chunk.firstDocument, of: chunk)
  }

  /// Returns the descriptor at an index in a chunk.
  package func descriptor(_ index: Int, of chunk: SketchStore.Chunk) -> DocumentDescriptor {
    let size = ChunkLayout.descriptorByteCount
    return unsafe DocumentDescriptor(
      bytes(.descriptors, of: chunk, index * size..<(index + 1) * size))
  }

  /// Returns the label of a document.
  ///
  /// It is valid until the next call, or as long as the store if labels are resident.
  package func label(_ document: Int, _ descriptor: DocumentDescriptor) -> Label {
    let index = store.chunkIndex(of: document)
    if let resident {
      return unsafe Label(checking: resident.labels(from: document, inChunk: index))
    }
    let chunk = store.chunks[index]
    let (start, end) = (Int(descriptor.labelOffset), chunk.layout.labelByteCount)
    // Most labels end within this number of bytes.
    let first = unsafe bytes(.labels, of: chunk, start..<max(start, min(end, start + 192)))
    if unsafe Label.byteCount(in: first) != nil { return unsafe Label(first) }
    let rest = unsafe bytes(.labels, of: chunk, start..<max(start, end))
    return unsafe Label(checking: rest)
  }

  /// True if descriptors and labels are valid as long as the store.
  package var hasResidentLabels: Bool { resident != nil }
}
