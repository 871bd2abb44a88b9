/// The rows of a manifest, one file after another.
struct ManifestRows {
  /// The readable documents of one file, in ascending order of their offsets.
  struct Places {
    /// The index of each document's line in the manifest, from 0.
    fileprivate(set) var rows: [Int] = []
    /// The offset of each document in the decoded file.
    fileprivate(set) var offsets: [Int] = []
    /// The size of each document; none for records.
    fileprivate(set) var lengths: [Int] = []

    /// The row of the document at an offset; nil if there is none.
    /// - Complexity: O(log documents).
    func row(at offset: Int) -> Int? {
      var (low, high) = (0, offsets.count)
      while low < high {
        let middle = (low + high) / 2
        if offsets[middle] < offset { low = middle + 1 } else { high = middle }
      }
      return low < offsets.count && offsets[low] == offset ? rows[low] : nil
    }
  }

  private let reader: ManifestReader
  private var next: ManifestEntry?
  private var row = 0

  /// Opens the manifest of a results folder.
  init(_ results: BytePath) throws(CorpusError) {
    reader = try ManifestReader(resultsFolder: results)
    next = try reader.next()
  }

  /// The next documents, if they are those of a file.
  mutating func readable(of input: InputEntry) throws(CorpusError) -> Places {
    var places = Places()
    let source = input.source.text
    while let entry = next, entry.source == source {
      // The same file may come again.
      if let last = places.offsets.last, entry.offset < last { break }
      if entry.status != .unreadable {
        places.rows.append(row)
        places.offsets.append(entry.offset)
        if input.format == .text { places.lengths.append(entry.length) }
      }
      next = try reader.next()
      row += 1
    }
    return places
  }
}
