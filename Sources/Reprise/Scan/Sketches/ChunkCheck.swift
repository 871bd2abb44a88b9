internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// Checks all numbers of chunks that were signed elsewhere, so that the stages can rely on them.
///
/// A valid checksum shows that a chunk is as it was written, not that it was written correctly. The
/// chunks must be checked in corpus order.
struct ChunkCheck {
  private let bandCount: Int
  private let bBitWordCount: Int
  private let orderKeyCount: Int
  private let maximumRecordByteCount: Int
  private let inputs: [InputFile]
  /// The minimum location of the next document.
  private var next = (input: 0, offset: UInt64(0))
  /// The offset of the first document of the first input; nil if there is none.
  private(set) var firstOffset: UInt64?

  /// The first document of a slice, and how its input is read.
  private typealias Start = (input: Int, document: Int, isConverted: Bool, format: RecordFormat)

  /// A limit above any real file size or line count.
  private static let limit = 1 << 48

  /// Creates a check for the chunks of one file.
  init(
    _ matching: MatchingParameters, _ options: ReadingOptions, inputs: [InputFile]
  ) {
    bandCount = matching.scheme.bands.bandCount
    bBitWordCount = matching.bBitWordCount
    orderKeyCount = OrderValue.count(matching.keep)
    maximumRecordByteCount = options.maximumRecordByteCount
    self.inputs = inputs
  }

  /// The end of the documents of the last input.
  var lastOffset: UInt64 { next.input == inputs.count - 1 ? next.offset : 0 }

  /// Looks for values that are wrong in a chunk's payload.
  ///
  /// - Parameters:
  ///   - payload: the payload of a block.
  ///   - first: the index of the chunk's first input, which the header of the block gives.
  /// - Returns: the kind of values that are wrong; nil if there is none.
  mutating func fault(_ payload: [UInt8], ofInput first: UInt64) -> String? {
    // In bounds: every section lies within the payload, because `isPlausible` requires the sum of
    // the sections to be its size.
    unsafe payload.withUnsafeBytes { payload in
      guard payload.count >= ChunkLayout.headerByteCount else { return "numbers" }
      let layout = unsafe ChunkLayout(payload)
      guard isPlausible(layout, payload.count) else { return "numbers" }
      func section(_ section: ChunkLayout.Section) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(rebasing: payload[layout.range(section)])
      }
      let descriptors = unsafe section(.descriptors)
      guard let starts = unsafe sliceStarts(layout, section(.slices)),
        areOfInput(first, starts)
      else { return "parts" }
      guard unsafe areGood(descriptors, starts, section(.labels)) else { return "documents" }
      let orderKeys = unsafe section(.orderKeys)
      for place in stride(from: 0, to: orderKeys.count, by: 8) {
        let key = unsafe Double(bitPattern: orderKeys.number(at: place, UInt64.self))
        if key.isNaN { return "order keys" }
      }
      guard
        unsafe areGood(
          layout, section(.fingerprintStarts), section(.fingerprints), descriptors)
      else { return "fingerprints" }
      return nil
    }
  }

  /// Checks the counts before they are used to compute sizes.
  private func isPlausible(_ layout: ChunkLayout, _ byteCount: Int) -> Bool {
    let isEmpty = layout.documentCount == 0
    return layout.bandCount == (isEmpty ? 0 : bandCount)
      && layout.bBitWordCount == (isEmpty ? 0 : bBitWordCount)
      && layout.orderKeyCount == (isEmpty ? 0 : orderKeyCount)
      && layout.labelByteCount <= byteCount && layout.problemByteCount <= byteCount
      && layout.blankLineCount < Self.limit && layout.payloadByteCount == byteCount
  }

  /// Returns the input and first document of each slice; nil if they are not valid.
  private func sliceStarts(
    _ layout: ChunkLayout, _ slices: UnsafeRawBufferPointer
  ) -> [Start]? {
    var starts: [Start] = []
    var hashCount = 0
    for place in stride(from: 0, to: slices.count, by: ChunkLayout.sliceByteCount) {
      let input = unsafe Int(slices.number(at: place, UInt32.self))
      let document = unsafe Int(slices.number(at: place + 4, UInt32.self))
      let firstBlock = unsafe Int(slices.number(at: place + 16, UInt32.self))
      let blockCount = unsafe Int(slices.number(at: place + 20, UInt32.self))
      let flags = unsafe slices.number(at: place + 24, UInt64.self)
      hashCount += blockCount
      guard input < inputs.count, input >= starts.last?.input ?? next.input,
        document <= layout.documentCount, document >= starts.last?.document ?? 0,
        !starts.isEmpty || document == 0,
        unsafe slices.number(at: place + 8, UInt64.self) < Self.limit,
        blockCount == 0
          || firstBlock + blockCount <= FileChecksum.blockCount(ofBytes: inputs[input].byteCount)
      else { return nil }
      var facts = SourcePart(input: input)
      facts.setFormat(code: UInt8(truncatingIfNeeded: flags >> 16))
      starts.append((input, document, flags >> 8 & 0xFF != 0, facts.format ?? inputs[input].format))
    }
    let isCovered = layout.documentCount == 0 || !starts.isEmpty
    return isCovered && hashCount == layout.blockHashCount ? starts : nil
  }

  /// Checks that a chunk of a divided input has nothing of others, and others have nothing of it.
  private func areOfInput(_ first: UInt64, _ starts: [Start]) -> Bool {
    starts.allSatisfy { $0.input == first }
      || starts.allSatisfy { $0.input >= first && inputs[$0.input].part == nil }
  }

  /// Checks that documents follow one another within their inputs, and that they have labels.
  private mutating func areGood(
    _ descriptors: UnsafeRawBufferPointer, _ starts: [Start], _ labels: UnsafeRawBufferPointer
  ) -> Bool {
    for (index, start) in starts.enumerated() {
      if start.input != next.input { next = (start.input, 0) }
      let input = inputs[start.input]
      let isRows = start.format == .parquet
      let isInPlace = input.compression == .none && !start.isConverted && !isRows
      let size = ChunkLayout.descriptorByteCount
      let end = index + 1 < starts.count ? starts[index + 1].document : descriptors.count / size
      for document in start.document..<end {
        let descriptor = unsafe DocumentDescriptor(
          UnsafeRawBufferPointer(rebasing: descriptors[(document * size)...]))
        guard descriptor.offset < Self.limit, unsafe hasLabel(descriptor, labels) else {
          return false
        }
        if descriptor.isUnreadable { continue }
        let limit = isInPlace ? input.byteCount : UInt64(Self.limit)
        guard descriptor.offset >= next.offset, descriptor.length <= maximumRecordByteCount,
          descriptor.offset + UInt64(descriptor.length) <= limit
        else { return false }
        if start.input == 0 { firstOffset = firstOffset ?? descriptor.offset }
        next.offset = descriptor.offset + (isRows ? 1 : UInt64(descriptor.length))
      }
    }
    return true
  }

  private func hasLabel(_ descriptor: DocumentDescriptor, _ labels: UnsafeRawBufferPointer) -> Bool
  {
    let start = Int(descriptor.labelOffset)
    guard start + Label.headerByteCount <= labels.count else { return false }
    let label = unsafe UnsafeRawBufferPointer(rebasing: labels[start...])
    return unsafe Label.byteCount(in: label) != nil
  }

  /// Checks that partitions ascend, and that fingerprints lie within their documents.
  private func areGood(
    _ layout: ChunkLayout, _ starts: UnsafeRawBufferPointer,
    _ fingerprints: UnsafeRawBufferPointer, _ descriptors: UnsafeRawBufferPointer
  ) -> Bool {
    guard layout.fingerprintCount > 0 else { return true }
    var last = 0
    for place in stride(from: 0, to: starts.count, by: 4) {
      let start = unsafe Int(starts.number(at: place, UInt32.self))
      guard place == 0 ? start == 0 : start >= last else { return false }
      last = start
    }
    guard last == layout.fingerprintCount else { return false }
    for place in stride(from: 0, to: fingerprints.count, by: ChunkLayout.fingerprintByteCount) {
      let document = unsafe Int(fingerprints.number(at: place + 8, UInt32.self))
      guard document < layout.documentCount else { return false }
      let descriptor = unsafe DocumentDescriptor(
        UnsafeRawBufferPointer(
          rebasing: descriptors[(document * ChunkLayout.descriptorByteCount)...]))
      let position = unsafe fingerprints.number(at: place + 12, UInt32.self)
      guard position < descriptor.contentHash.tokenCount else { return false }
    }
    return true
  }
}
