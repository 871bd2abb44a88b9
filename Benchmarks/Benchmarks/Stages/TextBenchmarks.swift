import Benchmark
import Reprise

/// Text pass and shingles: one iteration reads 4 MB of documents.
func textBenchmarks() {
  let prose = texts(meanByteCount: 3_000, byteCount: 4_000_000)
  let expected = tokenCount(prose, .plain)
  for set in InstructionSet.available {
    Benchmark("tokens, prose of 3 KB, 4 MB, \(set.rawValue)") { benchmark in
      for _ in benchmark.scaledIterations {
        require(tokenCount(prose, set) == expected, "tokens")
      }
    }
  }
  let alphabets: [(String, ClosedRange<UInt32>)] = [
    ("Cyrillic", 0x0430...0x044F), ("Han", 0x4E00...0x9F00), ("Arabic", 0x0627...0x063A),
    ("Thai", 0x0E01...0x0E2E),
  ]
  for (name, scalars) in alphabets {
    let words = [randomWords(scalars, byteCount: 4_000_000)]
    let expected = tokenCount(words, .plain)
    Benchmark("tokens, \(name), 4 MB") { benchmark in
      for _ in benchmark.scaledIterations {
        require(tokenCount(words, .best) == expected, "tokens of \(name)")
      }
    }
  }
  Benchmark("tokens and shingle ids, prose of 3 KB, 4 MB") { benchmark in
    for _ in benchmark.scaledIterations {
      require(shingleCount(prose) == expected - 4 * prose.count, "shingles")
    }
  }
}

private func tokenCount(_ texts: [[UInt8]], _ set: InstructionSet) -> Int {
  var tokens = TokenizedText(instructionSet: set)
  var count = 0
  for text in texts {
    tokens.read(text.span.bytes)
    count += tokens.count
  }
  return count
}

private func shingleCount(_ texts: [[UInt8]]) -> Int {
  var tokens = TokenizedText()
  var shingles = ShingleIDs(length: 5)
  var count = 0
  for text in texts {
    tokens.read(text.span.bytes)
    shingles.read(tokens)
    count += shingles.count
  }
  return count
}

/// Words of one to nine letters of an alphabet, with spaces between them.
private func randomWords(_ scalars: ClosedRange<UInt32>, byteCount: Int) -> [UInt8] {
  var generator = SplitMix64(state: 3)
  var text = ""
  while text.utf8.count < byteCount {
    for _ in 0...(generator.next() >> 33) % 9 {
      let offset = UInt32(truncatingIfNeeded: (generator.next() >> 33) % UInt64(scalars.count))
      let scalar = Unicode.Scalar(scalars.lowerBound + offset)
      text.unicodeScalars.append(scalar ?? " ")
    }
    text += " "
  }
  return Array(text.utf8)
}
