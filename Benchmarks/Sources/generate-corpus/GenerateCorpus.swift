import GeneratedCorpus
import Glibc

/// `generate-corpus MEAN BYTES OUTPUT [SEED]`: a generated corpus as JSON Lines, and on standard
/// output the planted pairs, tab-separated: original, copy, `exact` or `near`.
@main
struct GenerateCorpus {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4, let mean = Int(arguments[1]), let bytes = Int(arguments[2]),
      let seed = UInt64(arguments.count > 4 ? arguments[4] : "1"), mean > 0
    else {
      print("usage: generate-corpus MEAN BYTES OUTPUT [SEED]")
      exit(2)
    }
    let corpus = GeneratedCorpus(meanByteCount: mean, byteCount: bytes, seed: seed)
    for pair in try corpus.write(to: arguments[3]).pairs {
      print("d\(pair.original)\td\(pair.copy)\t\(pair.isExact ? "exact" : "near")")
    }
  }
}
