internal import CReprise
internal import Reprise

/// Reads the texts of documents again, from the files of a scan.
struct TextsCall: Sendable {
  private let results: BytePath
  private let locations: [ScannedTexts.Place]

  /// Reads the options and the table of locations.
  ///
  /// - Throws: an error for an invalid option, or a table without the columns of a location.
  init(
    _ options: UnsafePointer<CChar>?, _ table: UnsafeMutablePointer<ArrowArrayStream>?
  ) throws(CallError) {
    let table = try ArrowTable(taking: table, named: "table of locations")
    var fields = try OptionFields(options)
    guard let results = try fields.path("results") else {
      throw .option("The option \"results\" must name a results folder.")
    }
    try fields.finish()
    self.results = results
    locations = try Self.locations(of: table)
  }

  private static func locations(of table: ArrowTable) throws(CallError) -> [ScannedTexts.Place] {
    let sources = try column("source", of: table)
    let offsets = try column("offset", of: table)
    let lengths = try column("length", of: table)
    guard sources.count > 0 else { return [] }
    guard sources.isText, offsets.isInteger, lengths.isInteger else {
      throw .data("The table of locations must have texts as sources, and integers otherwise.")
    }
    var locations: [ScannedTexts.Place] = []
    locations.reserveCapacity(sources.count)
    for row in 0..<sources.count {
      let length = lengths.find(row) { $0.integer($1) }
      guard let source = sources.find(row, { $0.text($1) }),
        let offset = offsets.find(row, { $0.integer($1) }), offset >= 0, let length, length >= -1
      else {
        throw .data("Row \(row) of the table of locations is not the location of a document.")
      }
      locations.append(
        ScannedTexts.Place(
          source: source, offset: Int(offset), length: length < 0 ? nil : Int(length)))
    }
    return locations
  }

  private static func column(
    _ name: String, of table: ArrowTable
  ) throws(CallError) -> ArrowColumn {
    guard let index = table.column(named: name) else {
      throw .data("The table of locations has no column \"\(name)\".")
    }
    return try table.column(index)
  }

  /// Reads the files.
  ///
  /// - Returns: a table of one column, the text at each location.
  func run(_ cancellation: Cancellation) throws(CallError) -> OutputTable {
    let texts: [ScannedTexts.Place: [UInt8]]
    do throws(CorpusError) {
      texts = try ScannedTexts(Summary(readingFrom: results)).texts(Set(locations), cancellation)
    } catch {
      throw CallError(RepriseError(error, cancellation))
    }
    let column = locations.lazy.map { Optional(String(decoding: texts[$0] ?? [], as: UTF8.self)) }
    return OutputTable([OutputColumn("text", column)])
  }
}
