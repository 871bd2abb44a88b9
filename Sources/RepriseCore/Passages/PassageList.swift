/// Passages in order, in a fifth of the memory that an array of them takes.
///
/// Their blocks share one allocation.
public struct PassageList: RandomAccessCollection, Sendable {
  private struct Entry {
    var first: UInt32
    var second: UInt32
    /// Below 2^30, as positions are.
    var words: UInt32
    /// Where the blocks end among those of all passages; they begin where those before end.
    var blockEnd: Int
  }

  private var entries: [Entry] = []
  private var blocks: [Passage.Match] = []

  /// Creates a list without more memory than it needs.
  public init(_ passages: [Passage] = []) {
    entries.reserveCapacity(passages.count)
    blocks.reserveCapacity(passages.reduce(0) { $0 + $1.blocks.count })
    for passage in passages { append(passage) }
  }

  /// Joins lists one after another; each is emptied when it was copied.
  /// - Complexity: O(passages and their blocks).
  public init(joining lists: inout [PassageList]) {
    entries.reserveCapacity(lists.reduce(0) { $0 + $1.entries.count })
    blocks.reserveCapacity(lists.reduce(0) { $0 + $1.blocks.count })
    for index in lists.indices {
      append(lists[index])
      lists[index] = PassageList()
    }
  }

  /// Always 0.
  public var startIndex: Int { 0 }
  /// The number of passages.
  public var endIndex: Int { entries.count }

  /// Puts a passage together from its blocks.
  public subscript(index: Int) -> Passage {
    self[index, from: index == 0 ? 0 : entries[index - 1].blockEnd]
  }

  /// Adds a passage at the end.
  public mutating func append(_ passage: Passage) {
    blocks += passage.blocks
    entries.append(
      Entry(
        first: passage.first, second: passage.second, words: UInt32(passage.words),
        blockEnd: blocks.count))
  }

  private mutating func append(_ list: PassageList) {
    let count = blocks.count
    blocks += list.blocks
    for var entry in list.entries {
      entry.blockEnd += count
      entries.append(entry)
    }
  }

  /// Removes passages, within the memory that the list has.
  /// - Complexity: O(passages and their blocks).
  public mutating func removeAll(where isRemoved: (Passage) -> Bool) {
    var (count, blockCount, start) = (0, 0, 0)
    for index in entries.indices {
      let passage = self[index, from: start]
      start = entries[index].blockEnd
      guard !isRemoved(passage) else { continue }
      entries[count] = entries[index]
      for block in passage.blocks {
        blocks[blockCount] = block
        blockCount += 1
      }
      entries[count].blockEnd = blockCount
      count += 1
    }
    entries.removeSubrange(count...)
    blocks.removeSubrange(blockCount...)
  }

  /// A passage whose blocks begin at a known place.
  private subscript(index: Int, from start: Int) -> Passage {
    let entry = entries[index]
    return Passage(
      first: entry.first, second: entry.second, blocks: Array(blocks[start..<entry.blockEnd]),
      words: Int(entry.words))
  }

  /// The memory that the passages take, in bytes.
  public var byteCount: Int {
    MemoryLayout<Entry>.stride * entries.count
      + MemoryLayout<Passage.Match>.stride * blocks.count
  }
}
