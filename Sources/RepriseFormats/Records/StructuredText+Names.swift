internal import RepriseCore

extension StructuredText {
  /// Endings of the names of such files, in lower case.
  private static let endings: Set<String> = [
    "html", "htm", "xhtml", "xml", "svg", "rss", "atom", "xsl", "xslt", "xsd", "wsdl", "plist",
    "json", "geojson", "ipynb", "csv", "tsv", "yaml", "yml", "toml", "ini", "cfg", "conf",
    "properties", "tex", "bib", "c", "h", "cc", "cpp", "cxx", "hh", "hpp", "hxx", "m", "mm", "java",
    "kt", "kts", "scala", "groovy", "go", "rs", "swift", "py", "pyi", "rb", "php", "pl", "pm", "js",
    "mjs", "cjs", "jsx", "ts", "tsx", "vue", "cs", "fs", "vb", "lua", "r", "jl", "sh", "bash",
    "zsh", "fish", "ps1", "bat", "cmd", "sql", "css", "scss", "less", "hs", "ml", "mli", "clj",
    "ex", "exs", "erl", "dart", "f", "f90", "pas", "asm", "s", "v", "vhd", "proto", "graphql", "tf",
    "gradle", "cmake", "mk", "el", "lisp", "scm", "zig", "nim", "sol", "diff", "patch",
  ]

  /// Whether the name of a file says that its text is structured.
  ///
  /// - Parameter name: a path; an ending for compression is skipped.
  /// - Returns: true for a known ending.
  package static func isNamed(_ name: some StringProtocol) -> Bool {
    let file = name.split(separator: "/").last ?? ""
    var parts = file.split(separator: ".", omittingEmptySubsequences: false)
    if file == "Makefile" || file == "Dockerfile" { return true }
    while let last = parts.last?.lowercased(), parts.count > 1 {
      guard ["gz", "zst"].contains(last) else { return endings.contains(last) }
      parts.removeLast()
    }
    return false
  }
}
