import RepriseTestSupport

@testable import RepriseFormats

/// JSON arrays of any bytes: the elements that a scan reads, in chunks of any size, against a reader
/// that looks at one byte after the other; and the values of field paths in each element.
///
/// The first byte chooses the size of chunks.
func fuzzArrays(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 1 else { return 0 }
  let array = Array(UnsafeRawBufferPointer(start: data + 1, count: count - 1))
  // A file in UTF-16 or UTF-32 is converted, and offsets are those of the converted text.
  let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF], [0, 0, 0xFE, 0xFF]]
  if marks.contains(where: array.starts) { return 0 }
  arrayFile.write(array)
  let whole = arrayFile.read(.jsonArray, chunkByteCount: 1 << 20)
  let chunks = arrayFile.read(.jsonArray, chunkByteCount: 1 + Int(data[0]))
  precondition(whole.isDense && chunks.isDense, "chunks are missing")
  // What follows the end of an array is read in later chunks, and not in the same one.
  if whole.reasons.isEmpty {
    precondition(whole.records == chunks.records, "chunks of another size give other elements")
    precondition(whole.reasons == chunks.reasons, "chunks of another size give other problems")
  }
  for record in whole.records {
    let range = record.offset..<record.offset + record.bytes.count
    precondition(range.upperBound <= array.count && Array(array[range]) == record.bytes)
  }
  let hasMark = array.starts(with: [0xEF, 0xBB, 0xBF])
  var naive = NaiveJSON(Array(array.dropFirst(hasMark ? 3 : 0)))
  if let elements = naive.elements() {
    precondition(whole.reasons.isEmpty, "a valid array has a problem")
    precondition(whole.records.count == elements.count, "an element is lost or made up")
    for (record, element) in zip(whole.records, elements) {
      let quotes = element.kind == .string ? 1 : 0
      let start = element.range.lowerBound - quotes + (hasMark ? 3 : 0)
      let end = element.range.upperBound + quotes + (hasMark ? 3 : 0)
      precondition(record.offset == start && record.bytes.count == end - start, "another element")
    }
  }
  for record in whole.records { checkPaths(record.bytes) }
  return 0
}

private let arrayFile = FuzzedFile()
