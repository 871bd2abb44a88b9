internal import RepriseFormats

/// An input that several signature files share, each with some of its chunks; and these chunks.
struct DividedInput {
  /// A chunk of the input.
  struct Chunk {
    var number: Int
    /// True if it is the last chunk of the input.
    var isLast: Bool
    /// True if the input could not be opened or read, or changed.
    var hasFailedInput: Bool
  }

  /// The part that is in a signature file.
  struct Part {
    let file: BytePath
    /// The input, which says what part of it is in the file.
    let input: InputFile
    let chunks: [Chunk]
    /// The offset of the first document, if the input began in another file.
    let start: UInt64?
    /// The end of the last document, if the input continues in another file.
    let end: UInt64
  }

  private var parts: [Part] = []

  /// The end of the last part.
  var end: UInt64 { parts.last?.input.part?.upperBound ?? 0 }

  /// The signature file with the last part.
  var file: BytePath { parts.last?.file ?? "" }

  /// Adds the next part.
  mutating func add(_ part: Part) { parts.append(part) }

  /// Checks that every chunk of the input is in the part to which it belongs, and nowhere else, and
  /// that no document is in two parts.
  ///
  /// - Throws: `invalidSignatures` for a chunk that is missing or outside the part of its file.
  func check() throws(CorpusError) {
    try checkChunks()
    var end: UInt64 = 0
    for part in parts {
      if let start = part.start, start < end {
        throw failure(of: part, "the documents of \"\(part.input.path)\" are in two parts")
      }
      end = max(end, part.end)
    }
  }

  private func checkChunks() throws(CorpusError) {
    let numbers = parts.flatMap { $0.chunks.map(\.number) }.sorted()
    let failed = parts.first { $0.chunks.contains(where: \.hasFailedInput) }
    let last = parts.flatMap(\.chunks).last(where: \.isLast)?.number
    let isComplete = numbers.elementsEqual(0..<numbers.count) && !numbers.isEmpty
    if isComplete, last == numbers.count - 1 || failed != nil,
      isReadInOrder || strayChunk(of: numbers.count) == nil
    {
      return
    }
    if let failed {
      throw failure(
        of: failed, "\"\(failed.input.path)\" could not be read, so that a part of it is missing")
    }
    guard let last, UInt64(last) < parts[0].input.byteCount else {
      throw failure(of: parts[parts.count - 1], "the last chunk of the input is missing")
    }
    let count = last + 1
    if let (part, chunk) = strayChunk(of: count) {
      let range = part.input.part ?? 0..<part.input.byteCount
      throw failure(
        of: part,
        "chunk \(chunk.number) of \"\(part.input.path)\" is outside bytes \(range.lowerBound) to "
          + "\(range.upperBound), which are the part in this file")
    }
    let known = Set(numbers)
    let missing = (0..<count).first { !known.contains($0) } ?? 0
    let part = parts.first { $0.input.isRead(piece: missing, of: count) } ?? parts[0]
    throw failure(of: part, "chunk \(missing) of \"\(part.input.path)\" is missing")
  }

  /// Whether one part has all chunks, because the input is not read in pieces.
  private var isReadInOrder: Bool {
    let own = parts.filter { !$0.chunks.isEmpty }
    return own.count == 1 && own[0].input.isRead(piece: 0, of: 1)
  }

  /// The first chunk whose middle is outside the part of its file; nil if there is none.
  private func strayChunk(of count: Int) -> (Part, Chunk)? {
    for part in parts {
      let stray = part.chunks.first {
        $0.number >= count || !part.input.isRead(piece: $0.number, of: count)
      }
      if let stray { return (part, stray) }
    }
    return nil
  }

  private func failure(of part: Part, _ message: String) -> CorpusError {
    CorpusError.unusableSignatures(part.file, message + "; sign this shard again")
  }
}
