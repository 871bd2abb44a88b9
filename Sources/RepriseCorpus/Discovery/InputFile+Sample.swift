extension InputFile {
  private static let sampleByteCount = 256 << 10

  /// The mean size of a decoded line in bytes at the start of the file; nil if there is no line end
  /// in the sample, or it cannot be read.
  public var meanLineByteCount: Int? {
    guard !isPipe, let file = try? open() else { return nil }
    guard let stream = try? DecodedStream(file, compression: compression) else { return nil }
    var bytes = PaddedBytes(capacity: Self.sampleByteCount)
    let free = unsafe bytes.reserve(Self.sampleByteCount)
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: free[..<Self.sampleByteCount])
    guard let count = unsafe try? stream.read(into: target) else { return nil }
    let read = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(target)[..<count])
    let lines = unsafe BoundaryFinder.lineFeedCount(read)
    return lines == 0 ? nil : max(1, count / lines)
  }
}
