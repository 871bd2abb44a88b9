/// Chunks of a corpus that need not be read again, because what they became is known.
public struct FinishedChunks: Sendable {
  private struct Place: Hashable {
    var input: Int
    var number: Int
  }

  private var places: Set<Place> = []
  private var chunkCounts: [Int: Int] = [:]
  private var lastNumbers: [Int: Int] = [:]

  /// No chunk.
  public init() {}

  /// The number of chunks.
  public var count: Int { places.count }

  /// Adds a chunk, once.
  ///
  /// - Parameters:
  ///   - input: its first input.
  ///   - number: its place among the chunks of that input.
  ///   - isLast: whether it is the last of its inputs.
  /// - Returns: false for one that was added before.
  public mutating func insert(input: Int, number: Int, isLast: Bool) -> Bool {
    guard places.insert(Place(input: input, number: number)).inserted else { return false }
    chunkCounts[input, default: 0] += 1
    if isLast { lastNumbers[input] = max(number, lastNumbers[input] ?? 0) }
    return true
  }

  /// Whether a chunk is among them.
  func contains(input: Int, number: Int) -> Bool {
    places.contains(Place(input: input, number: number))
  }

  /// Whether a chunk that begins with an input is among them.
  func containsAny(ofInput input: Int) -> Bool { chunkCounts[input] != nil }

  /// The first chunk after a number that is not among them; nil if the input has no such chunk.
  func firstMissing(ofInput input: Int, after number: Int) -> Int? {
    let last = lastNumbers[input] ?? .max
    var next = number + 1
    while next <= last, contains(input: input, number: next) { next += 1 }
    return next <= last ? next : nil
  }

  /// Whether all chunks that begin with an input are among them.
  func containsAll(ofInput input: Int) -> Bool {
    lastNumbers[input].map { chunkCounts[input] == $0 + 1 } ?? false
  }
}
