internal import Reprise

/// A pair of rows that repeat each other.
struct ResultPair: Sendable {
  /// The rows; nil for a reference document of a file.
  var first: Int?
  var second: Int?
  /// Names the reference documents if the first row is one of them.
  var firstIn: String?
  var reason: String
  var jaccard: Double
  var intersection: Int?
  var union: Int?
  var isEstimated: Bool
}

/// A passage that occurs in several places.
struct ResultPassage: Sendable {
  /// One of the places.
  struct Place: Sendable {
    var row: Int?
    var rowIn: String?
    var start: Int
    var end: Int
    var identity: Double
    var isKept: Bool
  }

  var title: String
  var words: Int
  var documents: Int
  /// The number of documents and the text of boilerplate.
  var boilerplate: (documents: Int, text: String)?
  var places: [Place]
}

extension OutputTable {
  convenience init(pairs: some Collection<ResultPair>) {
    let pairs = pairs.lazy
    self.init([
      OutputColumn("first", pairs.map(\.first)), OutputColumn("first_in", pairs.map(\.firstIn)),
      OutputColumn("second", pairs.map(\.second)),
      OutputColumn("reason", pairs.map { Optional($0.reason) }),
      OutputColumn("jaccard", pairs.map { Optional($0.jaccard) }),
      OutputColumn("intersection", pairs.map(\.intersection)),
      OutputColumn("union", pairs.map(\.union)),
      OutputColumn("estimated", pairs.map(\.isEstimated)),
    ])
  }

  convenience init(passages: [ResultPassage]) {
    let places = passages.flatMap(\.places)
    self.init([
      OutputColumn("passage", passages.indices.map { Optional($0) }),
      OutputColumn("title", passages.map { Optional($0.title) }),
      OutputColumn("words", passages.map { Optional($0.words) }),
      OutputColumn("documents", passages.map { Optional($0.documents) }),
      OutputColumn("boilerplate_documents", passages.map { $0.boilerplate?.documents }),
      OutputColumn("text", passages.map { $0.boilerplate?.text }),
      OutputColumn(
        "places", counts: passages.map(\.places.count),
        entries: [
          OutputColumn("row", places.map(\.row)), OutputColumn("in", places.map(\.rowIn)),
          OutputColumn("start", places.map { Optional($0.start) }),
          OutputColumn("end", places.map { Optional($0.end) }),
          OutputColumn("identity", places.map { Optional($0.identity) }),
          OutputColumn("kept", places.map(\.isKept)),
        ]),
    ])
  }

  /// Makes the table of problems.
  ///
  /// - Parameters:
  ///   - problems: the problems.
  ///   - row: returns the row of a problem; nil if it is not about one.
  ///   - areInFiles: whether lines and bytes are those of files.
  convenience init(_ problems: [Problem], row: (Problem) -> Int?, areInFiles: Bool) {
    self.init([
      OutputColumn("row", problems.map(row)),
      OutputColumn("source", problems.map { Optional($0.source) }),
      OutputColumn("line", problems.map { areInFiles ? $0.line : nil }),
      OutputColumn("byte", problems.map { areInFiles ? $0.byte : nil }),
      OutputColumn("id", problems.map(\.id)),
      OutputColumn("class", problems.map { Optional($0.reason.name) }),
      OutputColumn("message", problems.map { Optional($0.message) }),
    ])
  }
}
