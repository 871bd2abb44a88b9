import RepriseSystem

/// Gives every input a path of its own below an output folder.
///
/// Inputs whose paths clash are named with the folders above their arguments, as many as tell them
/// apart. The names do not depend on the order of the inputs.
struct OutputNames {
  private var inputs: [InputFile]
  /// The index of each input's argument.
  private var roots: [Int] = []
  private var arguments: [ArgumentFolders] = []

  /// Returns the inputs with names that differ.
  ///
  /// - Throws: `nameCollision` if two names are equal, or one is a folder of another, although they
  ///   have all folders of their paths.
  /// - Complexity: O(n log n) comparisons, and as many times as folders are needed.
  static func distinct(_ inputs: [InputFile]) throws(CorpusError) -> [InputFile] {
    let clashing = Self.clashing(inputs)
    guard !clashing.isEmpty else { return inputs }
    var names = OutputNames(inputs)
    var next = clashing
    while !next.isEmpty {
      guard names.extend(next) else { throw collision(names.inputs, next) }
      next = Self.clashing(names.inputs)
    }
    return names.inputs
  }

  private init(_ inputs: [InputFile]) {
    self.inputs = inputs
    var indices: [BytePath: Int] = [:]
    for input in inputs {
      let path = ArgumentFolders.path(of: input)
      let index = indices[path] ?? arguments.count
      if index == arguments.count {
        indices[path] = index
        arguments.append(ArgumentFolders(input))
      }
      roots.append(index)
    }
  }

  /// Puts one more folder before the names of arguments with clashing inputs; returns false if none
  /// has one.
  private mutating func extend(_ clashing: [Int]) -> Bool {
    var prefixes: [Int: BytePath] = [:]
    for root in Set(clashing.map { roots[$0] }) { prefixes[root] = arguments[root].next() }
    for index in inputs.indices {
      guard let prefix = prefixes[roots[index]] else { continue }
      inputs[index].outputName = prefix.appending(inputs[index].outputName)
    }
    return !prefixes.isEmpty
  }

  /// Returns the indices of inputs whose name is that of another, or a folder of it, or below it.
  private static func clashing(_ inputs: [InputFile]) -> [Int] {
    let sorted = inputs.indices.sorted { inputs[$0].outputName < inputs[$1].outputName }
    var found: [Int] = []
    var (holder, isFound) = (0, false)
    for (place, index) in sorted.enumerated() where place > 0 {
      // In this order, the content of a folder directly follows it.
      let name = inputs[sorted[holder]].outputName.bytes
      let other = inputs[index].outputName.bytes
      guard other.starts(with: name),
        other.count == name.count || other[name.count] == BytePath.separator
      else {
        (holder, isFound) = (place, false)
        continue
      }
      if !isFound { found.append(sorted[holder]) }
      isFound = true
      found.append(index)
    }
    return found
  }

  private static func collision(_ inputs: [InputFile], _ clashing: [Int]) -> CorpusError {
    let (first, second) = (inputs[clashing[0]], inputs[clashing[1]])
    return CorpusError(
      .nameCollision,
      "its output name, \"\(first.outputName)\", clashes with that of \"\(second.path)\" "
        + "(\"\(second.outputName)\")",
      path: first.path)
  }
}

/// The names of the folders above an argument that are not part of the names of its files.
private struct ArgumentFolders {
  /// From the root folder down.
  private var folders: [[UInt8]]

  /// The absolute path of the argument that led to an input, as it was given.
  static func path(of input: InputFile) -> BytePath {
    let below = input.path.bytes.count - input.argument.bytes.count
    return BytePath(Array(input.absolutePath.bytes.dropLast(max(0, below))))
  }

  init(_ input: InputFile) {
    folders = []
    guard !input.isStandardInput else { return }
    let path = Self.path(of: input)
    let name = path.lastComponent
    let isName = name != "." && name != ".." && !name.bytes.isEmpty
    // The folders are those in which the argument is; links in their paths are resolved.
    let resolved = Self.resolved(isName ? path.parent ?? "/" : path)
    folders = resolved.bytes.split(separator: BytePath.separator).map { Array($0) }
    if isName { folders.append(name.bytes) }
    // What the name of a file begins with already is left out.
    let below = input.path.bytes.count - input.argument.bytes.count
    let isNamed = below == 0 || input.outputName.bytes.count >= below + (folders.last?.count ?? 0)
    if isNamed, !folders.isEmpty { folders.removeLast() }
  }

  /// Takes the lowest folder; nil if there is none left.
  mutating func next() -> BytePath? { folders.popLast().map { BytePath($0) } }

  private static func resolved(_ path: BytePath) -> BytePath {
    unsafe path.withCString { text in
      guard let found = unsafe realpath(text, nil) else { return path }
      defer { unsafe free(found) }
      return unsafe BytePath(Array(UnsafeRawBufferPointer(start: found, count: strlen(found))))
    }
  }
}
