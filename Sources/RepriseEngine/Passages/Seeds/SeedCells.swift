internal import RepriseCore

/// Finds links between seeds that have others near them.
///
/// The links of two documents are points in a plane: the position in the second document, and the
/// shift between both. The plane is divided into cells in four ways, each half a cell apart in one
/// direction or both, so that links within half a cell of one another have a cell in common. A link
/// is kept if one of its four cells has at least three.
package struct SeedCells: Sendable {
  /// The size of a cell, in tokens of the second document.
  private static let length = 128
  /// The size of a cell, in tokens of the shift.
  private static let width = 64

  private let counters: SeedCounters

  /// Creates empty cells, for about a number of links.
  ///
  /// - Parameters:
  ///   - linkCount: the expected number of links; with more, more links are kept that have no others
  ///     near them.
  ///   - budget: the memory in bytes.
  package init(linkCount: Int, budget: Int) {
    let counters = max(1 << 16, min(4 * linkCount, budget))
    self.counters = SeedCounters(
      SeedCounters.Shape(bits: Int.bitWidth - 1 - counters.leadingZeroBitCount), slice: 0)
  }

  /// Counts links; any number of threads may do so.
  package func count(_ links: [PassageLink]) {
    for start in stride(from: 0, to: links.count, by: Self.batchSize) {
      counters.count(Self.cells(of: links[start..<min(links.count, start + Self.batchSize)]))
    }
  }

  /// The number of links whose cells are counted or looked up at once, so that they stay in a cache.
  private static let batchSize = 1 << 12

  /// The cells of links, four for each.
  private static func cells(of links: ArraySlice<PassageLink>) -> [UInt64] {
    var all: [UInt64] = []
    all.reserveCapacity(4 * links.count)
    for link in links {
      let cells = cells(of: link)
      for number in cells.indices { all.append(cells[number]) }
    }
    return all
  }

  /// Removes links that have too few others near them, once all are counted.
  ///
  /// Some that have too few may be left; `near` finds them when all links of two documents are
  /// known.
  package func removeSingle(_ links: inout [PassageLink]) {
    var kept = 0
    for start in stride(from: 0, to: links.count, by: Self.batchSize) {
      let batch = start..<min(links.count, start + Self.batchSize)
      let counts = counters.counts(of: Self.cells(of: links[batch]))
      for index in batch {
        let cells = 4 * (index - start)..<4 * (index - start + 1)
        guard cells.contains(where: { counts[$0] >= SeedChain.minimumCount }) else { continue }
        links[kept] = links[index]
        kept += 1
      }
    }
    links.removeSubrange(kept...)
  }

  /// The four cells of a link, each a number that differs from those of other cells, or nearly
  /// always.
  static func cells(of link: PassageLink) -> SIMD4<UInt64> {
    let documents = UInt64(link.first) << 32 | UInt64(link.second)
    let position = Int(link.secondPosition)
    // Shifts within a document are above 0, others from -2^30 to 2^30.
    let shift = link.shift + 1 << 31
    func cell(_ number: Int) -> UInt64 {
      let row = UInt64((position + number % 2 * length / 2) / length)
      let column = UInt64((shift + number / 2 * width / 2) / width)
      let hash = documents &* 0x9E37_79B9_7F4A_7C15 ^ (row << 34 | column << 2 | UInt64(number))
      let product = hash.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      return product.high ^ product.low
    }
    return SIMD4(cell(0), cell(1), cell(2), cell(3))
  }

  /// The links of two documents without those of seeds that have too few others in a cell, in their
  /// order.
  /// - Complexity: O(links).
  static func near(_ links: ArraySlice<PassageLink>) -> [PassageLink] {
    let seeds = links.lazy.filter { $0.isSeed }.map { Self.cells(of: $0) }
    let cells = Array(seeds)
    guard !cells.isEmpty else { return Array(links) }
    let near = cells.count <= fewLimit ? nearOfFew(cells) : nearOfMany(cells)
    var next = 0
    return links.filter { link in
      guard link.isSeed else { return true }
      next += 1
      return near[next - 1]
    }
  }

  /// The number of links up to which all pairs of them are compared.
  private static let fewLimit = 24

  private static func nearOfFew(_ cells: [SIMD4<UInt64>]) -> [Bool] {
    guard cells.count >= SeedChain.minimumCount else {
      return Array(repeating: false, count: cells.count)
    }
    return cells.map { cell in
      var counts = SIMD4<Int64>()
      for other in cells { counts.replace(with: counts &+ 1, where: other .== cell) }
      return counts.max() >= SeedChain.minimumCount
    }
  }

  private static func nearOfMany(_ cells: [SIMD4<UInt64>]) -> [Bool] {
    var table = CellTable(count: 4 * cells.count)
    for cell in cells {
      for number in cell.indices { table.add(cell[number]) }
    }
    return cells.map { cell in
      cell.indices.contains { table.count(of: cell[$0]) >= SeedChain.minimumCount }
    }
  }

  /// Counts cells, which are hashes already, by open addressing with linear probing.
  private struct CellTable {
    private var cells: [UInt64]
    private var counts: [UInt8]
    private let mask: Int

    init(count: Int) {
      let size = 1 << (Int.bitWidth - (2 * count).leadingZeroBitCount)
      cells = Array(repeating: 0, count: size)
      counts = Array(repeating: 0, count: size)
      mask = size - 1
    }

    private func place(of cell: UInt64) -> Int {
      var place = Int(truncatingIfNeeded: cell) & mask
      while counts[place] > 0 && cells[place] != cell { place = (place + 1) & mask }
      return place
    }

    mutating func add(_ cell: UInt64) {
      let place = place(of: cell)
      cells[place] = cell
      counts[place] = min(counts[place], 254) + 1
    }

    func count(of cell: UInt64) -> Int { Int(counts[place(of: cell)]) }
  }
}
