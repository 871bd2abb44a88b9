/// The summary of a run: `summary.json`.
public struct Summary: Equatable, Sendable {
  /// The time that one stage of a run took.
  public struct StageTime: Equatable, Sendable {
    /// The name of the stage.
    public var name: String
    /// The wall-clock time in seconds.
    public var seconds: Double

    /// Creates a stage time.
    public init(name: String, seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }

  /// The value of `format` that identifies a summary.
  static let format = "reprise-results"
  /// The format version of the folder.
  public static let version = 1

  /// The number and the parameters of the scheme.
  public var scheme: JSONTree
  /// The settings of the run.
  public var configuration: JSONTree
  /// The files that were read, in corpus order.
  public var inputs: [InputEntry]
  /// The other files of the folder.
  public internal(set) var files: [ResultsFileRecord] = []
  /// The numbers of folder entries that were not read.
  public var leftOut: JSONTree
  /// The numbers of documents.
  public var documents: JSONTree
  /// The numbers of bytes.
  public var bytes: JSONTree
  /// The times of the stages, in the order in which they ran.
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
