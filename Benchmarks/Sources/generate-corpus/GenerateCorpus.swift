import GeneratedCorpus
import Glibc

/// `generate-corpus MEAN BYTES OUTPUT [SEED [SCRIPT [ENCODING]]]`: a generated corpus as JSON Lines,
/// and on standard output the planted pairs, tab-separated: original, copy, `exact` or `near`.
@main
struct GenerateCorpus {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard (4...7).contains(arguments.count), let mean = Int(arguments[1]), mean > 0,
      let bytes = Int(arguments[2]), let seed = UInt64(argument(4) ?? "1"),
      let script = Script(rawValue: argument(5) ?? "latin"),
      let encoding = Encoding(rawValue: argument(6) ?? "utf8")
    else {
      print("usage: generate-corpus MEAN BYTES OUTPUT [SEED [SCRIPT [ENCODING]]]")
      print("SCRIPT is one of", Script.allCases.map(\.rawValue).joined(separator: ", "))
      print("ENCODING is one of", Encoding.allCases.map(\.rawValue).joined(separator: ", "))
      exit(2)
    }
    let corpus = GeneratedCorpus(
      meanByteCount: mean, byteCount: bytes, seed: seed, script: script)
    for pair in try corpus.write(to: arguments[3], encoding: encoding).pairs {
      print("d\(pair.original)\td\(pair.copy)\t\(pair.isExact ? "exact" : "near")")
    }
  }

  private static func argument(_ index: Int) -> String? {
    index < CommandLine.arguments.count ? CommandLine.arguments[index] : nil
  }
}
