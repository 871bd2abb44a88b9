internal import RepriseCore

/// Passages in order, in a fifth of the memory that an array of them takes.
///
/// The matches of all passages share one allocation.
package struct PassageList: RandomAccessCollection, Sendable {
  private struct Entry {
    var first: UInt32
    var second: UInt32
    /// Below 2^30, as positions are; the top bit says that it is an outline.
    private var packedWords: UInt32
    var similarCount: UInt32
    /// The end of the matches of this passage in `matches`; they begin where those of the passage before end.
    var matchEnd: Int

    init(_ passage: Passage, matchEnd: Int) {
      first = passage.first
      second = passage.second
      packedWords = UInt32(passage.words) | (passage.isOutline ? 1 << 31 : 0)
      similarCount = UInt32(passage.similarCount)
      self.matchEnd = matchEnd
    }

    var words: Int { Int(packedWords & 0x7FFF_FFFF) }
    var isOutline: Bool { packedWords >> 31 != 0 }
  }

  private var entries: [Entry] = []
  private var matches: [Passage.Match] = []

  /// Creates a list without more memory than it needs.
  package init(_ passages: [Passage] = []) {
    entries.reserveCapacity(passages.count)
    matches.reserveCapacity(passages.reduce(0) { $0 + $1.matches.count })
    for passage in passages { append(passage) }
  }

  /// Joins lists one after another; each is emptied when it was copied.
  /// - Complexity: O(passages and their matches).
  package init(joining lists: inout [PassageList]) {
    entries.reserveCapacity(lists.reduce(0) { $0 + $1.entries.count })
    matches.reserveCapacity(lists.reduce(0) { $0 + $1.matches.count })
    for index in lists.indices {
      append(lists[index])
      lists[index] = PassageList()
    }
  }

  /// Always 0.
  package var startIndex: Int { 0 }
  /// The number of passages.
  package var endIndex: Int { entries.count }

  /// Puts a passage together from its matches.
  package subscript(index: Int) -> Passage {
    self[index, from: index == 0 ? 0 : entries[index - 1].matchEnd]
  }

  /// The documents of a passage, without putting it together.
  package func documents(at index: Int) -> (first: UInt32, second: UInt32) {
    (entries[index].first, entries[index].second)
  }

  /// The tokens of a passage in the first document, without putting it together.
  func firstTokens(at index: Int) -> Range<Int> {
    let start = index == 0 ? 0 : entries[index - 1].matchEnd
    return matches[start].first..<matches[entries[index].matchEnd - 1].firstEnd
  }

  /// The tokens of a passage in the second document, without putting it together.
  func secondTokens(at index: Int) -> Range<Int> {
    let start = index == 0 ? 0 : entries[index - 1].matchEnd
    return matches[start].second..<matches[entries[index].matchEnd - 1].secondEnd
  }

  /// The identity of a passage, without putting it together; above 0, at most 1.
  func identity(at index: Int) -> Double {
    let start = index == 0 ? 0 : entries[index - 1].matchEnd
    let count = matches[start..<entries[index].matchEnd].reduce(0) { $0 + $1.count }
    return (Double(count) + Double(entries[index].similarCount) / 2)
      / Double(Swift.max(firstTokens(at: index).count, secondTokens(at: index).count))
  }

  /// Adds a passage at the end.
  package mutating func append(_ passage: Passage) {
    matches += passage.matches
    entries.append(Entry(passage, matchEnd: matches.count))
  }

  /// Adds all passages of a list at the end.
  package mutating func append(_ list: PassageList) {
    let count = matches.count
    matches += list.matches
    for var entry in list.entries {
      entry.matchEnd += count
      entries.append(entry)
    }
  }

  /// Removes passages, within the memory that the list has.
  /// - Complexity: O(passages and their matches).
  package mutating func removeAll(where isRemoved: (Passage) -> Bool) {
    var (count, matchCount, start) = (0, 0, 0)
    for index in entries.indices {
      let passage = self[index, from: start]
      start = entries[index].matchEnd
      guard !isRemoved(passage) else { continue }
      entries[count] = entries[index]
      for match in passage.matches {
        matches[matchCount] = match
        matchCount += 1
      }
      entries[count].matchEnd = matchCount
      count += 1
    }
    entries.removeSubrange(count...)
    matches.removeSubrange(matchCount...)
  }

  /// A passage whose matches begin at a known index.
  private subscript(index: Int, from start: Int) -> Passage {
    let entry = entries[index]
    return Passage(
      first: entry.first, second: entry.second, matches: Array(matches[start..<entry.matchEnd]),
      words: entry.words, similarCount: Int(entry.similarCount), isOutline: entry.isOutline)
  }

  /// The memory that the passages take, in bytes.
  package var byteCount: Int {
    MemoryLayout<Entry>.stride * entries.count
      + MemoryLayout<Passage.Match>.stride * matches.count
  }
}
