public import CReprise
internal import Reprise
internal import RepriseSystem

// `reprise.h` describes the functions and their arguments.

/// A stream of Arrow data.
public typealias StreamPointer = UnsafeMutablePointer<ArrowArrayStream>
/// Receives a text, which the caller releases with `reprise_free`.
public typealias TextPointer = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// Returns the version of the interface.
@c(reprise_abi)
public func abiVersion() -> Int32 { 1 }

/// Releases a text that a function gave.
@c(reprise_free)
public func freeText(_ text: UnsafeMutablePointer<CChar>?) { free(text) }

/// Finds what repeats in a table.
@c(reprise_scan)
public func scanTable(
  _ options: UnsafePointer<CChar>?, _ table: StreamPointer?, _ against: StreamPointer?,
  _ progress: reprise_progress?, _ context: UnsafeMutableRawPointer?, _ out: StreamPointer?,
  _ summary: TextPointer?, _ error: TextPointer?
) -> Int32 {
  call(error) { () throws(CallError) in
    let scan = try TableScan(options, table, against: against)
    let result = try SupervisedRun.run(progress, context) {
      cancellation, report throws(CallError) in
      try scan.run(cancellation, report)
    }
    give(result.tables, out)
    summary?.pointee = ownedText(result.summary)
  }
}

/// Finds what repeats in files, and writes a results folder.
@c(reprise_scan_files)
public func scanFiles(
  _ options: UnsafePointer<CChar>?, _ progress: reprise_progress?,
  _ context: UnsafeMutableRawPointer?, _ summary: TextPointer?, _ error: TextPointer?
) -> Int32 {
  call(error) { () throws(CallError) in
    let scan = try FileScan(options)
    let text = try SupervisedRun.run(progress, context) { cancellation, report throws(CallError) in
      try scan.run(cancellation, report)
    }
    summary?.pointee = ownedText(text)
  }
}

/// Reads a results folder.
@c(reprise_open)
public func openResults(
  _ options: UnsafePointer<CChar>?, _ progress: reprise_progress?,
  _ context: UnsafeMutableRawPointer?, _ out: StreamPointer?, _ summary: TextPointer?,
  _ error: TextPointer?
) -> Int32 {
  call(error) { () throws(CallError) in
    var fields = try OptionFields(options)
    guard let folder = try fields.path("results") else {
      throw .option("The option \"results\" must name a results folder.")
    }
    try fields.finish()
    let result = try SupervisedRun.run(progress, context) { cancellation, _ throws(CallError) in
      let results = try FolderResults(folder, cancellation)
      return (tables: results.tables, summary: results.summary)
    }
    give(result.tables, out)
    summary?.pointee = ownedText(result.summary)
  }
}

/// Reads the texts of documents again, from the files of a scan.
@c(reprise_texts)
public func readTexts(
  _ options: UnsafePointer<CChar>?, _ locations: StreamPointer?, _ progress: reprise_progress?,
  _ context: UnsafeMutableRawPointer?, _ out: StreamPointer?, _ error: TextPointer?
) -> Int32 {
  call(error) { () throws(CallError) in
    let reading = try TextsCall(options, locations)
    let texts = try SupervisedRun.run(progress, context) { cancellation, _ throws(CallError) in
      try reading.run(cancellation)
    }
    give([texts], out)
  }
}

/// Writes a cleaned copy of the files of a results folder.
@c(reprise_clean)
public func cleanFiles(
  _ options: UnsafePointer<CChar>?, _ progress: reprise_progress?,
  _ context: UnsafeMutableRawPointer?, _ report: TextPointer?, _ error: TextPointer?
) -> Int32 {
  call(error) { () throws(CallError) in
    let cleaning = try FileCleaning(options)
    let text = try SupervisedRun.run(progress, context) { cancellation, report throws(CallError) in
      try cleaning.run(cancellation, report)
    }
    report?.pointee = ownedText(text)
  }
}

/// Writes one HTML file that shows a results folder.
@c(reprise_report)
public func reportResults(
  _ options: UnsafePointer<CChar>?, _ progress: reprise_progress?,
  _ context: UnsafeMutableRawPointer?, _ report: TextPointer?, _ error: TextPointer?
) -> Int32 {
  call(error) { () throws(CallError) in
    let reporting = try FileReport(options)
    let text = try SupervisedRun.run(progress, context) { cancellation, _ throws(CallError) in
      try reporting.run(cancellation)
    }
    report?.pointee = ownedText(text)
  }
}

/// Computes content hashes, band keys and signatures of texts.
@c(reprise_sign)
public func signTexts(
  _ options: UnsafePointer<CChar>?, _ table: StreamPointer?, _ progress: reprise_progress?,
  _ context: UnsafeMutableRawPointer?, _ out: StreamPointer?, _ error: TextPointer?
) -> Int32 {
  call(error) { () throws(CallError) in
    let signing = try SignCall(options, table)
    let signs = try SupervisedRun.run(progress, context) { cancellation, report throws(CallError) in
      try signing.run(cancellation, report)
    }
    give([signs], out)
  }
}

/// Compares two texts.
@c(reprise_compare)
public func compareTexts(
  _ options: UnsafePointer<CChar>?, _ first: UnsafePointer<CChar>?, _ firstByteCount: Int64,
  _ second: UnsafePointer<CChar>?, _ secondByteCount: Int64, _ report: TextPointer?,
  _ error: TextPointer?
) -> Int32 {
  call(error) { () throws(CallError) in
    guard firstByteCount >= 0, secondByteCount >= 0, first != nil || firstByteCount == 0,
      second != nil || secondByteCount == 0
    else { throw .data("A text has a size, but no bytes.") }
    let comparison = try CompareCall(
      options, UnsafeRawBufferPointer(start: first, count: Int(firstByteCount)),
      UnsafeRawBufferPointer(start: second, count: Int(secondByteCount)))
    report?.pointee = ownedText(comparison.report)
  }
}

/// Finds the connected components of a graph.
@c(reprise_components)
public func findComponents(_ edges: StreamPointer?, _ out: StreamPointer?, _ error: TextPointer?)
  -> Int32
{
  call(error) { () throws(CallError) in give([try ComponentsCall(edges).table], out) }
}

/// Gives a second stream of a table that an earlier call gave.
@c(reprise_share)
public func shareTable(_ table: StreamPointer?, _ out: StreamPointer?, _ error: TextPointer?)
  -> Int32
{
  call(error) { () throws(CallError) in
    guard let table, let shared = OutputTable.of(table) else {
      throw .data("The stream is not one that Reprise gave, or was released.")
    }
    give([shared], out)
  }
}

/// Gives out tables as streams, one after another.
private func give(_ tables: [OutputTable], _ out: StreamPointer?) {
  guard let out else { return }
  for (index, table) in tables.enumerated() { table.export(to: out + index) }
}
