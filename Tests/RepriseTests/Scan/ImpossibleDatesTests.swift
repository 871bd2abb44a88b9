import Reprise
import Testing

@Suite("Impossible dates")
struct ImpossibleDatesTests {
  @Test("documents with an impossible date are problems, and last in order")
  func scanned() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 5)
    let text = random.text(60)
    try workspace.write(
      "dates.jsonl",
      records: [
        TestRecord("feb31", text, ("date", "\"2024-02-31\"")),
        TestRecord("good", text, ("date", "\"2020-02-29\"")),
        TestRecord("late", text, ("date", "\"2031-01-01T99:99\"")),
        TestRecord("far", text, ("date", "\"2031-01-01T10:00+99:99\"")),
      ])
    let results = try workspace.scan("dates.jsonl") { $0.matching.keep = .newest(field: "date") }
    #expect(results.ids(.keep) == ["good"])
    #expect(results.problems.map(\.line) == [1, 3, 4])
    #expect(Set(results.problems.map(\.class)) == ["missing-order-field"])
  }
}
