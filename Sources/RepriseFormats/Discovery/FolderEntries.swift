import RepriseSystem

/// Lists the names in a folder.
enum FolderEntries {
  /// Returns the names in byte order, without the entries for the folder itself and its parent.
  static func names(in path: BytePath) throws(CorpusError) -> [BytePath] {
    guard let folder = unsafe path.withCString({ unsafe opendir($0) }) else {
      throw .cannotOpen(path, errno)
    }
    defer { unsafe _ = closedir(folder) }
    var names: [BytePath] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else {
        if errno != 0 { throw .cannotRead(path, errno) }
        break
      }
      let name = unsafe self.name(of: entry)
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> BytePath {
    // The name is read at its address: the system may have stored fewer bytes than its declared
    // size. In bounds, because the name ends with a zero.
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let start = unsafe UnsafeRawPointer(entry) + offset
    let count = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
    return unsafe BytePath(Array(UnsafeRawBufferPointer(start: start, count: count)))
  }
}
