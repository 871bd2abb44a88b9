import Foundation
import Testing

@testable import Reprise

@Suite("Larger: what is not Reprise's own stays as it is")
struct PlacesTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    for name in ["a", "b", "c"] { try workspace.write("corpus/\(name).txt", text: "text \(name)") }
  }

  private func options(_ output: String, scratch: String? = nil) -> ScanOptions {
    var options = ScanOptions(paths: [workspace.path("corpus")])
    options.output.folder = workspace.path(output)
    options.resources.scratch = scratch.map { workspace.path($0) }
    return options
  }

  private func sign(_ output: String) throws {
    _ = try Sign(SignOptions(options("unused"), file: workspace.path(output))).run()
  }

  private func text(_ name: String) -> String? {
    try? String(contentsOf: workspace.url(name), encoding: .utf8)
  }

  private func names(_ name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.path(name)).sorted()
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path(name), withDestinationPath: workspace.path(target))
  }

  private func refusal(_ options: ScanOptions) -> String {
    (#expect(throws: RepriseError.self) { try Scan(options).run() })?.description ?? ""
  }

  @Test("A file called signatures in the scratch folder")
  func file() throws {
    try workspace.write("s/signatures", text: "mine")
    _ = try Scan(options("r", scratch: "s")).run()
    #expect(text("s/signatures") == "mine")
    #expect(try names("s") == ["signatures"])
  }

  @Test("A folder called signatures in the scratch folder, with the parts that are scanned")
  func folder() throws {
    try workspace.write("s/signatures/notes.txt", text: "mine")
    try sign("s/signatures/a.sig")
    var scan = options("r", scratch: "s")
    scan.input.paths = []
    scan.input.signatures = [workspace.path("s/signatures/a.sig")]
    _ = try Scan(scan).run()
    #expect(try names("s/signatures") == ["a.sig", "notes.txt"])
    #expect(try names("s") == ["signatures"])
  }

  @Test("A signature file or a results folder called signatures beside the scratch files")
  func besides() throws {
    try sign("s/signatures")
    var scan = options("r", scratch: "s")
    scan.input.paths = []
    scan.input.signatures = [workspace.path("s/signatures")]
    _ = try Scan(scan).run()
    #expect(try names("s") == ["signatures"])
    scan.output.folder = workspace.path("s/results")
    #expect(refusal(scan).contains("must not be in the scratch folder"))
    #expect(try names("s") == ["signatures"])
  }

  @Test("What links in the scratch folder and in the place of hidden folders lead to")
  func links() throws {
    try workspace.write("victim", text: "mine")
    try workspace.write("folder/victim", text: "mine")
    try workspace.write("s/other", text: "mine")
    try link("s/signatures", to: "victim")
    _ = try Scan(options("r", scratch: "s")).run()
    try link(".x.sig.partial", to: "victim")
    try sign("x.sig")
    for name in [".y.scratch", "s/reprise-scratch-\(geteuid())"] {
      for target in ["victim", "folder"] {
        try link(name, to: target)
        let scratch = name.hasPrefix("s/") ? "s" : nil
        #expect(refusal(options("y", scratch: scratch)).contains("Reprise did not make"))
        if scratch == nil { #expect(throws: RepriseError.self) { try sign("y") } }
        try FileManager.default.removeItem(at: workspace.url(name))
      }
    }
    #expect(text("victim") == "mine" && text("folder/victim") == "mine")
    #expect(try names("folder") == ["victim"] && names("s") == ["other", "signatures"])
    #expect(try names().contains("y") == false)
  }

  @Test("A link in the scratch folder of a stopped run")
  func linkInOwn() throws {
    var stopped = options("r")
    stopped.hooks.stopsAfter = { _ in true }
    #expect(refusal(stopped).contains("stopped"))
    try workspace.write("victim", text: "mine")
    try FileManager.default.removeItem(at: workspace.url(".r.scratch/signatures"))
    try link(".r.scratch/signatures", to: "victim")
    for resumes in [false, true] {
      var scan = options("r")
      scan.resources.resumes = resumes
      #expect(refusal(scan).contains("cannot be opened"))
      #expect(text("victim") == "mine")
    }
  }

  @Test("A file of one's own in the scratch folder that Reprise made")
  func strangerInOwn() throws {
    var stopped = options("r")
    stopped.hooks.stopsAfter = { _ in true }
    #expect(refusal(stopped).contains("stopped"))
    try workspace.write(".r.scratch/notes.txt", text: "mine")
    _ = try Scan(options("r")).run()
    #expect(text(".r.scratch/notes.txt") == "mine")
    // It can be used again all the same.
    _ = try Scan(options("r")).run()
  }

  @Test(
    "Scratch folder, output and inputs that are in each other's way are refused before the work")
  func refused() throws {
    try sign("a.sig")
    try workspace.write("folder/file", text: "mine")
    try link("link", to: "folder")
    let before = try names()
    #expect(refusal(options("r", scratch: "r")).contains("must not be the output"))
    #expect(refusal(options("r", scratch: "r/s")).contains("must not be in the output"))
    #expect(refusal(options("r", scratch: "link")).contains("symbolic link"))
    #expect(refusal(options("link")).contains("symbolic link"))
    #expect(refusal(options("r", scratch: "a.sig")).contains("need a folder"))
    #expect(refusal(options("r", scratch: "corpus")).contains("must not be an input"))
    var scan = options("a.sig")
    scan.input.paths = []
    scan.input.signatures = [workspace.path("a.sig")]
    #expect(refusal(scan).contains("would replace the input"))
    let cleaned = try workspace.scan("corpus")
    #expect(cleaned.entries.count == 3)
    #expect(throws: RepriseError.self) { try workspace.clean(to: "link") }
    #expect(try names() == (before + ["results"]).sorted())
    #expect(try names("corpus") == ["a.txt", "b.txt", "c.txt"])
  }

  @Test("Signatures do not take the place of one of the files that they are of")
  func signedInput() throws {
    try sign("corpus/a.sig")
    let before = try workspace.bytes("corpus/a.sig")
    let error = #expect(throws: RepriseError.self) { try sign("corpus/a.sig") }
    #expect(error?.description.contains("one of the inputs") == true)
    #expect(try workspace.bytes("corpus/a.sig") == before)
  }

  @Test("What is put into the old results while a scan replaces them", arguments: [1, 2])
  func replaced(threads: Int) throws {
    _ = try Scan(options("r")).run()
    var scan = options("r")
    scan.resources.threads = threads
    _ = try Scan(scan).run { [workspace] progress in
      guard progress.phase == .writing else { return }
      try? workspace.write("r/notes.txt", text: "hours of work")
      try? workspace.write("r/cleaned/x", text: "corpus")
    }
    #expect(text("r/notes.txt") == "hours of work" && text("r/cleaned/x") == "corpus")
    #expect(try names("r").count == 8)
    #expect(try names() == ["corpus", "r"])
  }

  @Test("What gets the place of a signature file while it is written", arguments: [false, true])
  func signedPlace(isReplaced: Bool) throws {
    if isReplaced { try sign("x.sig") }
    let place = workspace.url("x.sig")
    var scan = options("unused")
    // Equal files are not signed again.
    scan.matching.slotCount = 128
    scan.hooks.stopsAfter = { [workspace] _ in
      try? workspace.write("x.sig", text: "hours of work")
      return false
    }
    #expect(throws: RepriseError.self) {
      try Sign(SignOptions(scan, file: BytePath(place.path))).run()
    }
    #expect(text("x.sig") == "hours of work")
    try FileManager.default.removeItem(at: place)
    scan.hooks.stopsAfter = { _ in false }
    scan.resources.resumes = true
    _ = try Sign(SignOptions(scan, file: BytePath(place.path))).run()
    #expect(try names() == ["corpus", "x.sig"])
  }
}
