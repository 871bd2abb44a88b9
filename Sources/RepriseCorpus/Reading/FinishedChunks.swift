/// Chunks of a corpus that need not be read again, because what they became is known.
public struct FinishedChunks: Sendable {
  private struct Place: Hashable {
    var source: Int
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
  ///   - source: its first source.
  ///   - number: its place among the chunks of that source.
  ///   - isLast: whether it is the last of its sources.
  /// - Returns: false for one that was added before.
  public mutating func insert(source: Int, number: Int, isLast: Bool) -> Bool {
    guard places.insert(Place(source: source, number: number)).inserted else { return false }
    chunkCounts[source, default: 0] += 1
    if isLast { lastNumbers[source] = max(number, lastNumbers[source] ?? 0) }
    return true
  }

  /// Whether a chunk is among them.
  func contains(source: Int, number: Int) -> Bool {
    places.contains(Place(source: source, number: number))
  }

  /// Whether a chunk that begins with a source is among them.
  func containsAny(ofSource source: Int) -> Bool { chunkCounts[source] != nil }

  /// The first chunk after a number that is not among them; nil if the source has no such chunk.
  func firstMissing(ofSource source: Int, after number: Int) -> Int? {
    let last = lastNumbers[source] ?? .max
    var next = number + 1
    while next <= last, contains(source: source, number: next) { next += 1 }
    return next <= last ? next : nil
  }

  /// Whether all chunks that begin with a source are among them.
  func containsAll(ofSource source: Int) -> Bool {
    lastNumbers[source].map { chunkCounts[source] == $0 + 1 } ?? false
  }
}
