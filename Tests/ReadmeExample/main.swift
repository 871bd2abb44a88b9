import Reprise

var configuration = ScanConfiguration(paths: ["articles"])
configuration.threshold = 0.8
configuration.output = "results"
let summary = try Scan(configuration).run()
print(summary.documents.nearDuplicates, "near-duplicates of", summary.documents.total)
let manifest = try ManifestReader(resultsFolder: "results")
while let entry = try manifest.next() {
  if entry.status == .drop { print(entry.id, "repeats", entry.duplicateOf ?? "") }
}
_ = try Clean.run(results: "results", output: "cleaned")
