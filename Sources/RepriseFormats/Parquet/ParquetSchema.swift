/// The columns of a file as a tree.
struct ParquetSchema {
  /// An element of the tree, with its place among the columns.
  struct Node {
    let element: ParquetSchemaElement
    /// The highest definition and repetition level of its values.
    let levels: (definition: Int, repetition: Int)
    /// The index among the columns that have values; nil for a group.
    let leafIndex: Int?
    /// The indexes of its elements.
    var children: [Int] = []
  }

  /// The elements, the root first.
  private(set) var nodes: [Node] = []
  private var leafCount = 0

  /// The deepest nesting.
  private static let depthLimit = 64

  /// Creates the tree.
  init(_ elements: [ParquetSchemaElement]) throws(ParquetFault) {
    guard !elements.isEmpty else { throw .damaged("the file has no schema") }
    var next = 0
    _ = try add(elements, &next, above: (0, 0), depth: 0)
    guard next == elements.count else { throw .damaged("the schema has columns without a group") }
  }

  private mutating func add(
    _ elements: [ParquetSchemaElement], _ next: inout Int,
    above: (definition: Int, repetition: Int), depth: Int
  ) throws(ParquetFault) -> Int {
    guard next < elements.count, depth < Self.depthLimit else {
      throw .damaged("the schema is not a tree of at most \(Self.depthLimit) levels")
    }
    let element = elements[next]
    next += 1
    var levels = above
    if depth > 0 {
      levels.definition += element.repetition == .required ? 0 : 1
      levels.repetition += element.repetition == .repeated ? 1 : 0
    }
    let index = nodes.count
    let isLeaf = element.type != nil
    nodes.append(Node(element: element, levels: levels, leafIndex: isLeaf ? leafCount : nil))
    if isLeaf { leafCount += 1 }
    guard element.childCount <= elements.count else {
      throw .damaged("a group has too many columns")
    }
    for _ in 0..<element.childCount {
      let child = try add(elements, &next, above: levels, depth: depth + 1)
      nodes[index].children.append(child)
    }
    return index
  }

  /// Returns the columns with values, each named by its path.
  ///
  /// - Throws: a refusal of a column of an unknown type.
  func leaves() throws(ParquetFault) -> [ParquetLeaf] {
    var leaves: [ParquetLeaf] = []
    try addLeaves(of: 0, path: "", to: &leaves)
    return leaves
  }

  private func addLeaves(
    of place: Int, path: String, to leaves: inout [ParquetLeaf]
  ) throws(ParquetFault) {
    for child in nodes[place].children {
      let name = nodes[child].element.name
      let path = path.isEmpty ? name : "\(path).\(name)"
      if nodes[child].leafIndex == nil {
        try addLeaves(of: child, path: path, to: &leaves)
      } else if let leaf = try ParquetLeaf(self, child, name: path) {
        leaves.append(leaf)
      } else {
        throw .refused("the column \"\(path)\" has a type that is not known")
      }
    }
  }

  /// Finds a field: a column with exactly this name, or else what a path of fields names.
  ///
  /// - Returns: its index; nil if there is none.
  func find(_ name: String) -> Int? {
    if let exact = child(name, of: 0) { return exact }
    guard let path = FieldPath(name), let first = child(path.first, of: 0) else { return nil }
    var place = first
    var isElement = false
    for step in path.steps {
      switch step {
      case .elements:
        guard let element = element(of: place, isElement: isElement) else { return nil }
        place = element
        isElement = true
      case .key(let key, _):
        guard isElement || !isList(place), let next = child(key, of: place) else { return nil }
        place = next
        isElement = false
      }
    }
    return place
  }

  /// True for a list, whose elements a path names by `[]`.
  func isList(_ place: Int) -> Bool {
    nodes[place].element.meaning == .list || nodes[place].element.repetition == .repeated
  }

  private func child(_ name: String, of place: Int) -> Int? {
    nodes[place].children.last { nodes[$0].element.name.utf8.elementsEqual(name.utf8) }
  }

  /// Returns the elements of a list, in the forms that writers have given lists.
  private func element(of place: Int, isElement: Bool) -> Int? {
    let node = nodes[place]
    guard node.element.meaning == .list else {
      // A repeated column is a list of itself.
      return node.element.repetition == .repeated && !isElement ? place : nil
    }
    guard node.children.count == 1 else { return nil }
    let repeated = node.children[0]
    let inner = nodes[repeated]
    guard inner.element.repetition == .repeated else { return nil }
    let isPlain =
      inner.children.count != 1 || inner.element.name == "array"
      || inner.element.name == node.element.name + "_tuple"
    return isPlain ? repeated : inner.children[0]
  }

  /// Describes the columns at the top, for a message.
  func list(limit: Int) -> String {
    let names = nodes[0].children.prefix(limit).map {
      "\"\(nodes[$0].element.name)\" (\(kind($0)))"
    }
    let rest = nodes[0].children.count - names.count
    return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// The names of the columns at the top.
  func names(limit: Int) -> [String] {
    nodes[0].children.prefix(limit).map { nodes[$0].element.name }
  }

  /// Names the kind of the values of an element, with its article.
  func kindWithArticle(_ place: Int) -> String {
    let kind = kind(place)
    return kind == "integer" ? "an \(kind)" : "a \(kind)"
  }

  /// Names the kind of the values of an element.
  func kind(_ place: Int) -> String {
    let element = nodes[place].element
    if isList(place) { return "list" }
    guard let type = element.type else { return element.meaning == .map ? "map" : "structure" }
    switch element.meaning {
    case .text: return "string"
    case .date: return "date"
    case .time: return "time"
    case .timestamp: return "timestamp"
    case .decimal: return "decimal"
    case .uuid: return "UUID"
    case .binaryJSON: return "BSON"
    default:
      let names = [
        "boolean", "integer", "integer", "timestamp", "number", "number", "binary", "fixed binary",
      ]
      return type < names.count ? names[type] : "type \(type)"
    }
  }
}
