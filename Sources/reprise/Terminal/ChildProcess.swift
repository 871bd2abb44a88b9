internal import CArguments
internal import RepriseSystem

/// A program that the command has started.
struct ChildProcess {
  private let process: pid_t

  /// Starts a program that is found by `PATH`.
  ///
  /// The program handles Ctrl-C and broken pipes as it would without this command.
  ///
  /// - Parameters:
  ///   - words: the program and its arguments.
  ///   - environment: variables that are set for the program in addition.
  ///   - input: the descriptor of its standard input; nil for that of the command.
  ///   - isSilent: whether what it prints is discarded.
  /// - Throws: ``CommandError``, if the program is not found.
  init(
    _ words: [String], environment: [String: String] = [:], input: Int32? = nil,
    isSilent: Bool = false
  ) throws {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if let input { unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    for descriptor in isSilent ? [STDOUT_FILENO, STDERR_FILENO] : [] {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGPIPE, SIGXFSZ, SIGINT] { unsafe sigaddset(&signals, number) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    let variables = Self.environment(environment)
    var (arguments, values) = unsafe (Self.pointers(words), Self.pointers(variables))
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
      for index in unsafe values.indices { unsafe free(values[index]) }
    }
    var process = pid_t()
    let error = unsafe posix_spawnp(
      &process, words[0], &actions, &attributes, &arguments, &values)
    guard error == 0 else {
      throw CommandError(
        "\(words[0]) cannot be started: \(unsafe String(cString: strerror(error))).")
    }
    self.process = process
  }

  /// The variables of this process, with some replaced.
  private static func environment(_ added: [String: String]) -> [String] {
    var variables: [String] = []
    var next = unsafe reprise_environment()
    while let pointer = unsafe next, let text = unsafe pointer.pointee {
      let variable = unsafe String(cString: text)
      let name = String(variable.prefix { $0 != "=" })
      if added[name] == nil { variables.append(variable) }
      // In bounds: the environment ends with a null pointer.
      unsafe next = unsafe pointer + 1
    }
    return variables + added.map { "\($0.key)=\($0.value)" }.sorted()
  }

  private static func pointers(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] {
    unsafe words.map { unsafe strdup($0) } + [nil]
  }

  /// Waits for the end of the program.
  ///
  /// - Returns: its exit status; nil if a signal ended it.
  func wait() -> Int32? {
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return nil }
    }
    return Self.exitStatus(status)
  }

  /// Waits for at most two seconds.
  ///
  /// - Returns: false if the program has failed in this time.
  func succeedsOrRuns() -> Bool {
    var status: Int32 = 0
    for _ in 0..<40 {
      let ended = unsafe waitpid(process, &status, WNOHANG)
      if ended == process { return Self.exitStatus(status) == 0 }
      guard ended == 0 || errno == EINTR else { return false }
      usleep(50_000)
    }
    return true
  }

  /// The low seven bits are the signal, and the next byte is the status.
  private static func exitStatus(_ status: Int32) -> Int32? {
    status & 0x7F == 0 ? status >> 8 & 0xFF : nil
  }
}
