import RepriseCore
import Testing

@testable import Reprise
@testable import reprise

@Suite("A scan's summary")
struct ScanReportTests {
  private func summary() -> ScanSummary {
    var summary = ScanSummary(output: "my results", scheme: Scheme())
    summary.inputCount = 3
    summary.documents.total = 12_345
    summary.documents.exactDuplicates = 1234
    summary.documents.nearDuplicates = 321
    summary.documents.unreadable = 3
    summary.documents.kept = 12_345 - 1234 - 321 - 3
    summary.bytes.total = 1_000_000_000
    summary.bytes.exactDuplicates = 100_000_000
    summary.bytes.nearDuplicates = 25_000_000
    summary.clusterCount = 432
    summary.largestClusters = [
      .init(cluster: 7, memberCount: 1024, id: "a", title: "A \u{1B}[31mred\u{1B}[0m title"),
      .init(cluster: 9, memberCount: 88, id: "b#2", title: ""),
      .init(cluster: 1, memberCount: 5, id: "c", title: String(repeating: "long ", count: 40)),
    ]
    summary.problems = ["malformed-json": 2, "truncated": 10, "encoding": 2]
    summary.firstProblems["truncated"] = Problem(
      source: "a.gz", reason: .truncated, message: "The data ends\u{1B} early.")
    summary.survivorLimitHits = 1
    summary.stages = [.init(name: "reading", seconds: 4, processorSeconds: 7.5)]
    return summary
  }

  @Test("says what was found and what to do next")
  func text() {
    #expect(
      ScanReport(summary(), terminal: .none).text() == """
        Scanned 12,345 documents, 1.0 GB of text, in 3 files: 4.0 s, 250 MB/s.

                          documents             text
        exact duplicates      1,234  10.0 %   100 MB  10.0 %
        near-duplicates         321   2.6 %  25.0 MB   2.5 %
        to remove             1,555  12.6 %   125 MB  12.5 %
        remaining            10,790  87.4 %   875 MB  87.5 %
          unreadable              3

        432 clusters of duplicate documents, the largest:
          1,024 documents  A [31mred[0m title
             88 documents  b#2
              5 documents  long long long long long long long long long long long lo...

        14 problems, listed in my results/problems.jsonl:
          truncated  10
            first: a.gz: The data ends early.
          encoding  2
          malformed-json  2

        The limit on comparisons within a bucket was reached 1 time:
        some near-duplicates may have been kept. To find more, raise --threshold or --slots.

        The results are in my results. To look at some of them:
          reprise show 'my results' --random 5
        To see all of them in a browser:
          reprise report 'my results'
        To write the corpus without the duplicates:
          reprise clean 'my results' --output cleaned

        """)
  }

  @Test("shows details on demand, with the threshold marked")
  func details() {
    let details = ScanDetails(summary: summary(), threshold: 0.825)
    let lines = details.bandTable.split(separator: "\n")
    #expect(lines.count == 12)
    #expect(
      lines[0]
        == "Probability of finding a pair of similarity J, with 21 bands x 9 rows of 256 slots:")
    #expect(lines.filter { $0.contains("threshold") }.count == 1)
    #expect(lines.contains { $0.contains("J = 0.825") && $0.hasSuffix("<- threshold") })
    #expect(lines.contains("   J = 0.80    95.15 %") || lines.contains("   J = 0.80   95.15 %"))
    #expect(lines.last?.contains("> 99.99 %") == true)
    #expect(details.stageTable.contains("reading  4.00 s    7.50 s"))
  }

  @Test("as JSON is the summary file on one line, safe for a terminal")
  func json() {
    var summary = summary()
    summary.file = [
      "documents": ["total": .integer(12_345)], "title": .string("A \u{1B}[31mred\u{1B}[0m title"),
    ]
    #expect(
      summary.json() == """
        {"documents":{"total":12345},"title":"A \\u001b[31mred\\u001b[0m title"}

        """)
  }

  @Test("names nothing to do where there is nothing")
  func nothing() {
    var summary = ScanSummary(output: "out", scheme: Scheme())
    summary.inputCount = 1
    summary.documents.total = 1
    summary.documents.kept = 1
    #expect(
      ScanReport(summary, terminal: .none).text() == """
        Scanned 1 document, 0 bytes of text, in 1 file.

                          documents              text
        exact duplicates          0    0.0 %  0 bytes  0.0 %
        near-duplicates           0    0.0 %  0 bytes  0.0 %
        to remove                 0    0.0 %  0 bytes  0.0 %
        remaining                 1  100.0 %  0 bytes  0.0 %

        Nothing to remove. The results are in out.

        """)
  }
}
