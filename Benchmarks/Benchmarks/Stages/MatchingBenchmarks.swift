import Benchmark
import GeneratedCorpus
import Reprise

/// Buckets, exact verification, and JSON records.
func matchingBenchmarks() {
  // 1,000,000 keys of which every tenth is there twice.
  let distinct = ids(900_000)
  let keys = distinct + distinct.prefix(100_000)
  let documents = Array(0..<UInt32(keys.count))
  Benchmark("buckets of 1,000,000 keys") { benchmark in
    for _ in benchmark.scaledIterations {
      let buckets = Buckets(keys: keys, documents: documents)
      require(buckets.count == 100_000, "buckets")
    }
  }
  let (left, right) = (ids(450), ids(450).dropLast(50) + ids(50, seed: 8))
  Benchmark("exact similarity of two sets of 450 shingles, sets built, 100 pairs") { benchmark in
    for _ in benchmark.scaledIterations {
      for _ in 0..<100 {
        let similarity = ShingleSet(left.span).similarity(to: ShingleSet(Array(right).span))
        require(similarity == Similarity(intersection: 400, union: 500), "similarity")
      }
    }
  }
  let records = records(texts(meanByteCount: 3_000, byteCount: 4_000_000))
  Benchmark("JSON records of 3 KB, scanned and unescaped, 4 MB") { benchmark in
    var reader = DocumentReader(DocumentFields(text: ["text"], id: "id"))
    for _ in benchmark.scaledIterations {
      var byteCount = 0
      for record in records {
        record.json.withUnsafeBytes { bytes in
          do throws(DocumentReader.Failure) {
            try reader.read(bytes, .jsonLines, isFirst: false)
          } catch {
            fatalError("wrong result: \(error.message)")
          }
        }
        byteCount += reader.text.count
      }
      require(byteCount == records.reduce(0) { $0 + $1.textByteCount }, "records")
    }
  }
}

private func records(_ texts: [[UInt8]]) -> [(json: [UInt8], textByteCount: Int)] {
  texts.enumerated().map { index, text in
    var writer = JSONWriter(capacity: 2 * text.count)
    writer.beginObject()
    writer.key("id")
    writer.string("d\(index)")
    writer.key("text")
    text.withUnsafeBytes { writer.string($0) }
    writer.endObject()
    return (writer.buffer.withUnsafeBytes { Array($0) }, text.count)
  }
}
