internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// Reads the headers and slices of chunks, which must be added in corpus order.
struct SketchStoreBuilder {
  private(set) var chunks: [SketchStore.Chunk] = []
  private(set) var slices: [SketchStore.Slice] = []
  private(set) var chunkRanges = DocumentRanges()
  private(set) var sliceRanges = DocumentRanges()
  private(set) var documentCount = 0
  /// The number of documents of reference inputs, which come first.
  var referenceCount: Int { firstOther ?? documentCount }
  /// The first document that is not of a reference input.
  private var firstOther: Int?
  private(set) var facts: SourceFacts
  private let referenceInputCount: Int
  /// The encoding of files without a byte order mark.
  private let encoding: TextEncoding
  private var lines = (input: -1, count: 0)

  init(inputs: [InputFile], referenceInputs: Int, encoding: TextEncoding) {
    facts = SourceFacts(of: inputs)
    referenceInputCount = referenceInputs
    self.encoding = encoding
  }

  mutating func add(
    _ block: SignatureBlock, in content: StoredSketches.Contents, _ file: Int
  ) throws(CorpusError) {
    let header = try Self.read(block, 0..<ChunkLayout.headerByteCount, content.file)
    let layout = unsafe header.withUnsafeBytes { unsafe ChunkLayout($0) }
    guard layout.payloadByteCount == block.payload.count else {
      throw CorpusError(content.file.unusable("a chunk has the wrong length"))
    }
    chunks.append(
      SketchStore.Chunk(
        index: chunks.count, file: file, start: block.payload.lowerBound, layout: layout,
        firstDocument: documentCount,
        firstSlice: slices.count))
    chunkRanges.append(from: documentCount)
    let first = layout.range(.slices).lowerBound
    let bytes = try Self.read(block, first..<layout.range(.blockHashes).upperBound, content.file)
    // In bounds: the bytes read are the sections of slices and block hashes, of the sizes in the
    // layout.
    unsafe bytes.withUnsafeBytes { bytes in
      let hashes = layout.range(.blockHashes).lowerBound - first
      unsafe addSlices(layout, bytes, hashes: hashes, content.firstInput)
    }
    documentCount += layout.documentCount
  }

  private mutating func addSlices(
    _ layout: ChunkLayout, _ bytes: UnsafeRawBufferPointer, hashes: Int, _ firstInput: Int
  ) {
    var hash = hashes
    for index in 0..<layout.sliceCount {
      let slice = unsafe UnsafeRawBufferPointer(
        rebasing: bytes[(index * ChunkLayout.sliceByteCount)...])
      let input = unsafe firstInput + Int(slice.number(at: 0, UInt32.self))
      if input != lines.input { lines = (input, 0) }
      slices.append(SketchStore.Slice(input: UInt32(input), linesBefore: lines.count))
      let firstDocument = unsafe documentCount + Int(slice.number(at: 4, UInt32.self))
      if input >= referenceInputCount, firstOther == nil { firstOther = firstDocument }
      sliceRanges.append(from: firstDocument)
      lines.count += unsafe Int(slice.number(at: 8, UInt64.self))
      let hashCount = unsafe Int(slice.number(at: 20, UInt32.self))
      let flags = unsafe slice.number(at: 24, UInt64.self)
      var said = SourcePart(input: input)
      said.setEncoding(code: UInt8(truncatingIfNeeded: flags >> 8), named: encoding)
      said.setFormat(code: UInt8(truncatingIfNeeded: flags >> 16))
      said.setCompression(code: UInt8(truncatingIfNeeded: flags >> 24))
      said.firstBlock = unsafe Int(slice.number(at: 16, UInt32.self))
      said.blockHashes = (0..<hashCount).map {
        unsafe bytes.number(at: hash + 8 * $0, UInt64.self)
      }
      if flags & 1 != 0 {
        said.checksum = unsafe FileChecksum(
          hash: slice.number(at: 32, UInt64.self), byteCount: slice.number(at: 40, UInt64.self))
      }
      facts.add(said)
      hash += 8 * hashCount
    }
  }

  private static func read(
    _ block: SignatureBlock, _ range: Range<Int>, _ file: any ChunkPayloads
  ) throws(CorpusError) -> [UInt8] {
    guard range.upperBound <= block.payload.count else {
      throw CorpusError(file.unusable("a chunk ends within its slices"))
    }
    var bytes = [UInt8](repeating: 0, count: range.count)
    unsafe try bytes.withUnsafeMutableBufferPointer { bytes throws(CorpusError) in
      try CorpusError.ofEngine { () throws(EngineError) in
        unsafe try file.fill(
          UnsafeMutableRawBufferPointer(bytes),
          from: block.payload.lowerBound + UInt64(range.lowerBound))
      }
    }
    return bytes
  }
}
