/// The chunks of a corpus that need not be read again, because their sketches exist.
package struct FinishedChunks: Sendable {
  private struct Place: Hashable {
    var input: Int
    var number: Int
  }

  private var places: Set<Place> = []
  private var chunkCounts: [Int: Int] = [:]
  private var lastNumbers: [Int: Int] = [:]

  /// Creates an empty set.
  package init() {}

  /// The number of chunks.
  package var count: Int { places.count }

  /// Adds a chunk.
  ///
  /// - Parameters:
  ///   - input: its first input.
  ///   - number: its index among the chunks of that input.
  ///   - isLast: true if it is the last chunk of its inputs.
  /// - Returns: false if it was added before.
  package mutating func insert(input: Int, number: Int, isLast: Bool) -> Bool {
    guard places.insert(Place(input: input, number: number)).inserted else { return false }
    chunkCounts[input, default: 0] += 1
    if isLast { lastNumbers[input] = max(number, lastNumbers[input] ?? 0) }
    return true
  }

  /// Returns whether a chunk is in the set.
  func contains(input: Int, number: Int) -> Bool {
    places.contains(Place(input: input, number: number))
  }

  /// Returns whether the set has any chunk that begins with an input.
  func containsAny(ofInput input: Int) -> Bool { chunkCounts[input] != nil }

  /// Returns the first chunk after `number` that is not in the set; nil if all of the input's later
  /// chunks are.
  func firstMissing(ofInput input: Int, after number: Int) -> Int? {
    let last = lastNumbers[input] ?? .max
    var next = number + 1
    while next <= last, contains(input: input, number: next) { next += 1 }
    return next <= last ? next : nil
  }

  /// Returns whether the set has all chunks that begin with an input.
  func containsAll(ofInput input: Int) -> Bool {
    lastNumbers[input].map { chunkCounts[input] == $0 + 1 } ?? false
  }
}
