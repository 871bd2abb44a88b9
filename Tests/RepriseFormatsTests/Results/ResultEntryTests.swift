import Testing

@testable import RepriseFormats

/// The lines of the results' files, byte for byte.
@Suite struct ResultEntryTests {
  static func line(_ record: some ResultEntry) -> String {
    var writer = JSONWriter(capacity: 64)
    record.write(to: &writer)
    return unsafe writer.buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  static let cut = Cut(
    start: 10, end: 250, duplicateOf: "a", duplicateRow: 4, sourceStart: 0, sourceEnd: 240,
    words: 41, identity: 1)

  @Test func `a manifest line has every key`() {
    let kept = ManifestEntry(
      id: "a.jsonl#1", source: "a.jsonl", offset: 0, length: 120, words: 21, status: .keep,
      copies: 4)
    #expect(
      Self.line(kept) == """
        {"id":"a.jsonl#1","source":"a.jsonl","offset":0,"length":120,"words":21,\
        "status":"keep","reason":null,"duplicate_of":null,"duplicate_source":null,\
        "duplicate_offset":null,"duplicate_row":null,"duplicate_in":null,\
        "similarity":null,"cluster":null,"copies":4,\
        "cuts":[],"title":null}
        """)
    let dropped = ManifestEntry(
      id: "b", source: "x/\"b\".txt", offset: 5, length: 7, status: .drop, reason: .near,
      duplicateOf: "a", duplicateSource: "y", duplicateOffset: 9, duplicateRow: 2,
      duplicateIn: "old",
      similarity: 0.875, cluster: 3, title: "On\tb")
    #expect(
      Self.line(dropped) == """
        {"id":"b","source":"x/\\"b\\".txt","offset":5,"length":7,"words":0,"status":"drop",\
        "reason":"near","duplicate_of":"a","duplicate_source":"y","duplicate_offset":9,\
        "duplicate_row":2,"duplicate_in":"old","similarity":0.875,"cluster":3,"copies":0,"cuts":[],\
        "title":"On\\tb"}
        """)
  }

  @Test func `a trimmed document lists its cuts`() {
    let trimmed = ManifestEntry(
      id: "c", source: "c", offset: 0, length: 300, status: .trim, reason: .passage,
      cuts: [Self.cut])
    #expect(
      Self.line(trimmed).contains(
        """
        "cuts":[{"start":10,"end":250,"duplicate_of":"a","duplicate_row":4,"duplicate_in":null,"source_start":0,\
        "source_end":240,"words":41,"identity":1.0}]
        """))
  }

  @Test func `clusters, pairs and problems have their keys`() {
    let a = DocumentReference(id: .string("a"), source: .string("s"), offset: 0)
    let b = DocumentReference(id: .string("a"), source: .string("s"), offset: 90)
    let cluster = ClusterLine(
      cluster: 0,
      members: [.init(document: a, similarity: nil), .init(document: b, similarity: 0.9)])
    #expect(
      Self.line(cluster) == """
        {"cluster":0,"survivors":[{"id":"a","source":"s","offset":0}],\
        "members":[{"id":"a","source":"s","offset":0,"similarity":null},\
        {"id":"a","source":"s","offset":90,"similarity":0.9}]}
        """)
    let pair = PairLine(first: a, second: b, jaccard: 0.9, intersection: 9, union: 10)
    #expect(
      Self.line(pair) == """
        {"first":{"id":"a","source":"s","offset":0},"second":{"id":"a","source":"s","offset":90},\
        "reason":"near","jaccard":0.9,"intersection":9,"union":10}
        """)
    var estimate = pair
    estimate.isEstimated = true
    #expect(Self.line(estimate) == Self.line(pair).dropLast() + ",\"estimated\":true}")
    let error = CorpusError(.truncated, "the gzip data ends early", path: "d/x.gz", byte: 17)
    #expect(
      Self.line(Problem(error)) == """
        {"source":"d/x.gz","line":null,"byte":17,"id":null,"class":"truncated",\
        "message":"\\"d/x.gz\\", byte 17: the gzip data ends early."}
        """)
  }
}
