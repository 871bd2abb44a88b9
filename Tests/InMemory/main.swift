// Deduplicates the texts of JSON Lines from standard input and prints the result, a line a fact. From
// the moment at which all lines are read, the system refuses to open any file.

import Foundation
import Reprise

struct Row: Decodable {
  var id: String?
  var text: String?
  var rank: Double?
}

let arguments = CommandLine.arguments.dropFirst()
var rows: [Row] = []
while let line = readLine() {
  rows.append(try JSONDecoder().decode(Row.self, from: Data(line.utf8)))
}

var deduplicator = Deduplicator()
deduplicator.threads = 2
deduplicator.matching.find = arguments.contains("documents") ? .documents : .all
if arguments.contains("ranked") { deduplicator.matching.keep = .highest(field: "rank") }
if arguments.contains("edited") { deduplicator.matching.cuts.mode = .edited }

var limit = rlimit()
guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
  unsafe open("/dev/null", O_RDONLY) < 0
else { fatalError("files can still be opened") }

let result = try deduplicator.run(
  rows.map(\.text), ids: rows.map(\.id), orderValues: rows.map { $0.rank.map { "\($0)" } })

func number(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "-" }

for document in result.documents {
  let cuts = document.cuts.map {
    "\($0.bytes) \($0.duplicateOf) \($0.sourceBytes) \($0.words) \($0.identity)"
  }
  print(
    document.status.rawValue, document.reason?.rawValue ?? "-", number(document.duplicateOf),
    number(document.similarity), number(document.cluster), cuts.joined(separator: ", "))
}
for pair in result.pairs {
  print(
    "pair", pair.first, pair.second, pair.reason.rawValue, pair.jaccard)
}
for passage in result.passages {
  let places = passage.occurrences.map { "\($0.document) \($0.bytes) \($0.identity)" }
  print(
    "passage", passage.words, passage.title, number(passage.boilerplate?.documentCount),
    places.joined(separator: ", "))
}
for problem in result.problems {
  print("problem", number(problem.line), problem.id ?? "-", problem.className)
}
