/// A run as a whole: `summary.json`.
public struct Summary: Equatable, Sendable {
  /// How long one stage of a run took.
  public struct StageTime: Equatable, Sendable {
    /// The stage's name.
    public var name: String
    /// The time by the clock on the wall.
    public var seconds: Double

    /// Creates a stage time.
    public init(name: String, seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }

  /// The word by which a summary is recognized.
  static let format = "reprise-results"
  /// The version of the folder's format that is written and read.
  public static let version = 1

  /// The id and the parameters of the scheme.
  public var scheme: JSONTree
  /// The settings of the run.
  public var configuration: JSONTree
  /// The files that were read, in corpus order.
  public var inputs: [InputEntry]
  /// The other files of the folder, as they were written.
  public internal(set) var files: [ResultsFileRecord] = []
  /// Counts of entries of folders that were not read.
  public var leftOut: JSONTree
  /// Counts of documents.
  public var documents: JSONTree
  /// Counts of bytes.
  public var bytes: JSONTree
  /// Times of the stages, in their order.
  public var stages: [StageTime]

  /// Creates a summary.
  public init(
    scheme: JSONTree, configuration: JSONTree, inputs: [InputEntry],
    leftOut: JSONTree = .object([]), documents: JSONTree, bytes: JSONTree, stages: [StageTime]
  ) {
    self.scheme = scheme
    self.configuration = configuration
    self.inputs = inputs
    self.leftOut = leftOut
    self.documents = documents
    self.bytes = bytes
    self.stages = stages
  }

  /// The JSON form.
  public var tree: JSONTree {
    [
      "format": .string(Self.format),
      "version": .integer(Self.version),
      "scheme": scheme,
      "configuration": configuration,
      "inputs": .array(inputs.map(\.tree)),
      "files": .array(files.map(\.tree)),
      "left_out": leftOut,
      "documents": documents,
      "bytes": bytes,
      "stages": .array(
        stages.map { ["name": .string($0.name), "seconds": .double($0.seconds)] }),
    ]
  }
}
