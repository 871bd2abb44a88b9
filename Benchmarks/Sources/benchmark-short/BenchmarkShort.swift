import GeneratedCorpus
import Glibc
import Reprise

/// The whole path on five generated corpora, with every result checked against what is expected.
///
/// Generating and scanning are processes of their own, so that the peak of memory is the scan's.
/// Ends with status 1 if a result is wrong.
@main
struct BenchmarkShort {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 4, let index = Int(arguments[2]) {
      try Case.all[index].run(arguments[1], in: arguments[3])
      return
    }
    print("whole path, JSON Lines to results, exact verification, one thread, best of 3")
    print("corpus           documents   MB/s per CPU s   MB/s   peak bytes/doc   ns/doc by stage")
    let failures = Case.all.indices.filter { !runCase($0) }
    if !failures.isEmpty {
      print("benchmark: \(failures.count) of \(Case.all.count) corpora gave wrong results")
      exit(1)
    }
  }

  private static func runCase(_ index: Int) -> Bool {
    let folder = Case.makeFolder()
    defer { Case.remove(folder) }
    return spawn("generate", index, folder) && spawn("scan", index, folder)
  }

  /// Runs this program again; false if it failed.
  private static func spawn(_ job: String, _ index: Int, _ folder: String) -> Bool {
    fflush(nil)
    let words: [String] = [CommandLine.arguments[0], job, String(index), folder]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    guard posix_spawn(&child, "/proc/self/exe", nil, nil, &arguments, environ) == 0 else {
      return false
    }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return status == 0
  }
}
