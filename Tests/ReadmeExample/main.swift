import Reprise

var options = ScanOptions(paths: ["articles"])
options.matching.threshold = 0.8
options.output.folder = "results"
let summary = try Scan(options).run()
print(summary.documents.nearDuplicates, "near-duplicates of", summary.documents.total)
let documents = try Results("results").documents()
while let entry = try documents.next() {
  if entry.status == .drop { print(entry.id, "repeats", entry.duplicateOf ?? "") }
}
_ = try Clean(CleanOptions(results: "results", output: "cleaned")).run()

// Texts in memory, without any file:
let texts = ["The same four words.", "the SAME four words", "Other words."]
let result = try Deduplicator().run(texts)
for (text, document) in zip(texts, result.documents) where document.status == .keep { print(text) }
