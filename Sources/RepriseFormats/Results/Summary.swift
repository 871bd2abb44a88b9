/// The summary of a run: `summary.json`.
package struct Summary: Equatable, Sendable {
  /// The time that one stage of a run took.
  package struct StageTime: Equatable, Sendable {
    /// The name of the stage.
    package var name: String
    /// The wall-clock time in seconds.
    package var seconds: Double
    /// The processor time in seconds, of all cores together.
    package var processorSeconds: Double

    /// Creates a stage time.
    package init(name: String, seconds: Double, processorSeconds: Double) {
      self.name = name
      self.seconds = seconds
      self.processorSeconds = processorSeconds
    }
  }

  /// The value of `format` that identifies a summary.
  static let format = "reprise-results"
  /// The format version of the folder.
  package static let version = 2

  /// The version of the program that wrote the folder.
  package var program: String
  /// The number and the parameters of the scheme.
  package var scheme: JSONTree
  /// The settings of the run.
  package var configuration: JSONTree
  /// The files that were read, in corpus order.
  package var inputs: [InputEntry]
  /// The files of reference documents, in corpus order.
  package var references: [InputEntry]
  /// The other files of the folder.
  package var files: [ResultsFileRecord] = []
  /// The numbers of folder entries that were not read.
  package var leftOut: JSONTree
  /// The numbers of documents.
  package var documents: JSONTree
  /// The numbers of bytes.
  package var bytes: JSONTree
  /// The numbers of words.
  package var words: JSONTree
  /// Similarities of near-duplicates, and of pairs below the threshold, by hundredths.
  package var similarities: JSONTree
  /// The numbers of problems by class.
  package var problems: JSONTree
  /// The largest clusters and passages.
  package var largest: JSONTree
  /// The times of the stages, in the order in which they ran.
  package var stages: [StageTime]

  /// Creates a summary.
  package init(
    program: String = "", scheme: JSONTree, configuration: JSONTree, inputs: [InputEntry],
    references: [InputEntry] = [], leftOut: JSONTree = .object([]), documents: JSONTree,
    bytes: JSONTree,
    words: JSONTree = .object([]), similarities: JSONTree = .object([]),
    problems: JSONTree = .object([]), largest: JSONTree = .object([]), stages: [StageTime]
  ) {
    self.program = program
    self.scheme = scheme
    self.configuration = configuration
    self.inputs = inputs
    self.references = references
    self.leftOut = leftOut
    self.documents = documents
    self.bytes = bytes
    self.words = words
    self.similarities = similarities
    self.problems = problems
    self.largest = largest
    self.stages = stages
  }

  /// The JSON form.
  package var tree: JSONTree {
    [
      "format": .string(Self.format),
      "version": .integer(Self.version),
      "program": .string(program),
      "scheme": scheme,
      "configuration": configuration,
      "inputs": .array(inputs.map(\.tree)),
      "references": .array(references.map(\.tree)),
      "files": .array(files.map(\.tree)),
      "left_out": leftOut,
      "documents": documents,
      "bytes": bytes,
      "words": words,
      "similarities": similarities,
      "problems": problems,
      "largest": largest,
      "stages": .array(
        stages.map {
          [
            "name": .string($0.name), "seconds": .double($0.seconds),
            "processor_seconds": .double($0.processorSeconds),
          ]
        }),
    ]
  }
}
