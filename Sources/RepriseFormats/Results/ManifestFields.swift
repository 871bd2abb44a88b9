/// The fields of one manifest line, as typed values.
@safe struct ManifestFields {
  // The ranges of the values are in bounds, because the scanner found them in this line.
  private let line: UnsafeRawBufferPointer
  private let values: [JSONValue?]

  init(line: UnsafeRawBufferPointer, values: [JSONValue?]) {
    unsafe self.line = unsafe line
    self.values = values
  }

  /// The entry; `nil` if a required field is missing, or a value has the wrong type.
  var entry: ManifestEntry? {
    guard let id = string(.id), let source = string(.source), let offset = integer(.offset),
      let length = integer(.length), offset >= 0, length >= 0, offset <= Int.max - length,
      let status = string(.status).flatMap(ManifestEntry.Status.init(rawValue:)), let cuts
    else { return nil }
    return ManifestEntry(
      id: id, source: source, offset: offset, length: length, words: integer(.words) ?? 0,
      status: status,
      reason: string(.reason).map(ManifestEntry.Reason.init(rawValue:)),
      duplicateOf: string(.duplicateOf), duplicateSource: string(.duplicateSource),
      duplicateOffset: integer(.duplicateOffset), duplicateRow: integer(.duplicateRow),
      duplicateIn: string(.duplicateIn),
      similarity: number(.similarity).flatMap(Double.init),
      cluster: integer(.cluster), copies: integer(.copies) ?? 0, cuts: cuts, title: string(.title))
  }

  private func value(_ field: ManifestReader.Field, _ kind: JSONValue.Kind) -> JSONValue? {
    guard let value = values[field.rawValue], value.kind == kind else { return nil }
    return value
  }

  private func string(_ field: ManifestReader.Field) -> String? {
    value(field, .string).map { unsafe JSONString.text(of: $0, in: line) }
  }

  private func number(_ field: ManifestReader.Field) -> String? {
    value(field, .number).map { unsafe String(decoding: line[$0.range], as: UTF8.self) }
  }

  private func integer(_ field: ManifestReader.Field) -> Int? { number(field).flatMap { Int($0) } }

  private var cuts: [Cut]? {
    guard let array = value(.cuts, .array) else { return nil }
    if array.length == 2 { return [] }
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: line[array.range])
    guard let tree = try? unsafe JSONTree(parsing: bytes) else { return nil }
    let cuts = (tree.array ?? []).compactMap(Cut.init)
    return cuts.count == tree.array?.count ? cuts : nil
  }
}

extension Cut {
  /// Reads the JSON form; `nil` if a field is missing.
  init?(_ tree: JSONTree) {
    guard let start = tree["start"]?.integer, let end = tree["end"]?.integer, 0 <= start,
      start <= end, let duplicateOf = tree["duplicate_of"]?.string,
      let sourceStart = tree["source_start"]?.integer, let sourceEnd = tree["source_end"]?.integer,
      let words = tree["words"]?.integer, let identity = tree["identity"]?.double
    else { return nil }
    self.init(
      start: start, end: end, duplicateOf: duplicateOf,
      duplicateRow: tree["duplicate_row"]?.integer, duplicateIn: tree["duplicate_in"]?.string,
      sourceStart: sourceStart,
      sourceEnd: sourceEnd, words: words, identity: identity)
  }
}
