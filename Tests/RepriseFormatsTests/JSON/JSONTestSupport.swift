import CKernels
import Testing

@testable import RepriseFormats

/// The wanted fields of a record, as raw bytes or as the text that they stand for.
func scan(
  _ record: [UInt8], fields: [String] = ["text"],
  instructionSet: reprise_instruction_set = reprise_best_instruction_set()
) throws(JSONSyntaxError) -> [JSONValue?] {
  let scanner = JSONFieldScanner(fields: fields, instructionSet: instructionSet)
  var values: [JSONValue?] = []
  // Memory of exactly the record's size, so that a sanitizer sees any access outside.
  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: record.count, alignment: 1)
  defer { unsafe memory.deallocate() }
  unsafe memory.copyBytes(from: record)
  try unsafe scanner.scan(UnsafeRawBufferPointer(memory), into: &values)
  return values
}

func scan(_ record: String, fields: [String] = ["text"]) throws(JSONSyntaxError) -> [JSONValue?] {
  try scan(Array(record.utf8), fields: fields)
}

/// The rule that a record breaks, or `nil`.
func brokenRule(_ record: String) -> JSONSyntaxError.Rule? {
  do throws(JSONSyntaxError) {
    _ = try scan(record)
    return nil
  } catch {
    return error.rule
  }
}

/// The text of a string value, through the public functions.
func text(of value: JSONValue, in record: [UInt8]) -> String {
  unsafe record.withUnsafeBytes { unsafe JSONString.text(of: value, in: $0) }
}

/// The unescaped bytes of a string, and the number of lone surrogates.
func unescape(
  _ raw: [UInt8], instructionSet: reprise_instruction_set = reprise_best_instruction_set()
) -> (bytes: [UInt8], loneSurrogates: Int) {
  let output = UnsafeMutableRawBufferPointer.allocate(byteCount: raw.count, alignment: 1)
  defer { unsafe output.deallocate() }
  let (count, lone) = unsafe raw.withUnsafeBytes {
    unsafe JSONString.unescape($0, into: output, instructionSet)
  }
  return unsafe (Array(output[..<count]), lone)
}

/// The instruction sets that this machine can run.
let instructionSets: [reprise_instruction_set] =
  [REPRISE_PLAIN, REPRISE_AVX2, REPRISE_AVX512].filter {
    $0.rawValue <= reprise_best_instruction_set().rawValue
  }
