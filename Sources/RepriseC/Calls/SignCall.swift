internal import CReprise
internal import Reprise

/// Computes content hashes, band keys and signatures of a table's texts.
struct SignCall: Sendable {
  private let signer: RowSigner
  private let rows: ArrowRows
  private let givesKeys: Bool

  init(
    _ options: UnsafePointer<CChar>?, _ table: UnsafeMutablePointer<ArrowArrayStream>?
  ) throws(CallError) {
    let table = try ArrowTable(taking: table, named: "table")
    var fields = try OptionFields(options)
    let matching = try fields.signing()
    let threads = try fields.integer("threads") ?? Workers.availableCores
    let text = try fields.text("text-field") ?? "text"
    let givesSlots = try fields.flag("signatures") ?? false
    givesKeys = try fields.flag("band-keys") ?? true
    try fields.finish()
    do throws(RepriseError) {
      signer = try RowSigner(matching, threads: threads, givesSlots: givesSlots)
    } catch {
      throw CallError(error)
    }
    rows = try ArrowRows(table, text: text, id: nil, requiresID: false, order: [])
  }

  /// Signs the texts.
  func run(
    _ cancellation: Cancellation, _ report: @escaping @Sendable (RunProgress) -> Void
  ) throws(CallError) -> OutputTable {
    let signs: RowSigner.Signs
    do throws(RepriseError) {
      signs = try signer.sign(rows, progress: report, cancellation: cancellation)
    } catch {
      throw CallError(error)
    }
    var validity = OutputBits()
    for hash in signs.contentHashes { validity.append(hash != nil) }
    var columns = [
      OutputColumn("identity_low", signs.contentHashes.map { $0?.low }),
      OutputColumn("identity_high", signs.contentHashes.map { $0?.high }),
      OutputColumn("tokens", signs.contentHashes.map { $0?.tokenCount }),
      OutputColumn("bytes", signs.byteCounts), OutputColumn("text_hash", signs.textHashes),
    ]
    if givesKeys {
      columns.append(
        OutputColumn(
          "band_keys", length: signs.bandCount, validity: validity,
          values: OutputColumn("item", signs.bandKeys.map { Optional($0) })))
    }
    if signs.slotCount > 0 {
      columns.append(
        OutputColumn(
          "signature", length: signs.slotCount, validity: validity,
          values: OutputColumn("item", signs.slots.map { Optional($0) })))
    }
    return OutputTable(columns)
  }
}
