import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct SeparatePlacesTests {
  let folder = TestFolder()

  func refusal(_ output: String, _ scratch: String?, _ inputs: [String] = []) -> String? {
    do throws(CorpusError) {
      let place = folder.path(output)
      let files = scratch.map { ScratchFolder(in: folder.path($0)) } ?? ScratchFolder(beside: place)
      try files.check()
      let places = try SeparatePlaces(output: place)
      try places.check(scratch: files)
      try places.check(inputs: inputs.map { folder.path($0) }, scratch: files)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `output, scratch folder and inputs are held apart`() throws {
    folder.write("corpus/a.txt", "a")
    folder.write("file", "a")
    folder.write("real/b.txt", "b")
    folder.write("out/summary.json", "{}")
    folder.link("link", to: "real")
    let own = "scratch/reprise-scratch-\(geteuid())"
    folder.write("\(own)/part.signatures", "s")
    let refused: [(String, String?, [String], String)] = [
      ("r", "r", [], "must not be the output"),
      ("r", "./r/", [], "must not be the output"),
      ("link/r", "real/r", [], "must not be the output"),
      ("r", "r/scratch", [], "must not be in the output"),
      ("scratch/r", "scratch", [], "must not be in the scratch folder"),
      ("new/deep/r", "new", [], "must not be in the scratch folder"),
      ("r", "link", [], "symbolic link"),
      ("r", "link/", [], "symbolic link"),
      ("r", "file", [], "need a folder"),
      ("corpus", nil, ["corpus"], "the output would replace the input"),
      ("file", nil, ["corpus", "file"], "the output would replace the input"),
      ("out", nil, ["out/summary.json"], "the output would replace the input"),
      ("real", nil, ["link/b.txt"], "the output would replace the input"),
      ("r", "corpus", ["corpus"], "must not be an input"),
      ("r", "scratch", ["\(own)/part.signatures"], "the folder of scratch files"),
    ]
    for (output, scratch, inputs, rule) in refused {
      let message = refusal(output, scratch, inputs) ?? "not refused"
      #expect(message.contains(rule), "\(output) \(scratch ?? "") \(inputs): \(message)")
      #expect(message.contains(folder.path), "\(message)")
    }
    let before = folder.names
    let accepted: [(String, String?, [String])] = [
      ("r", nil, ["corpus"]), ("corpus/r", nil, ["corpus", "file"]), ("r", "scratch", ["corpus"]),
      ("r", "corpus/scratch", ["corpus"]), ("r", "real", ["real/b.txt"]), ("rr", "r", []),
      ("r", "rr", ["missing"]),
    ]
    for (output, scratch, inputs) in accepted {
      #expect(refusal(output, scratch, inputs) == nil, "\(output) \(scratch ?? "") \(inputs)")
    }
    #expect(folder.names == before)
  }
}
