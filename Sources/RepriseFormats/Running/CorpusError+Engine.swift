package import RepriseEngine

extension CorpusError {
  /// The error that results and messages have for an error of the engine.
  package init(_ error: EngineError) {
    switch error {
    case .stopped: self = .stopped()
    case .tooLittleMemory(let what): self = .tooLittleMemory(what)
    case .tooManyDocuments(let what): self = .tooManyDocuments(what)
    case .changed(let what): self.init(.changed, what)
    case .outside(let error as CorpusError): self = error
    // Stores, texts and spill spaces of this package throw nothing else.
    case .outside(let error): self.init(.cannotRead, "\(error)")
    }
  }

  /// Calls a function of the engine.
  ///
  /// - Returns: its result.
  /// - Throws: its error, as ``init(_:)`` gives it.
  package static func ofEngine<Value: ~Copyable>(
    _ body: () throws(EngineError) -> Value
  ) throws(CorpusError) -> Value {
    do throws(EngineError) { return try body() } catch { throw CorpusError(error) }
  }
}

extension EngineError {
  /// Calls a function that the engine needs, and passes its error on.
  package static func outside<Value: ~Copyable>(
    calling body: () throws(CorpusError) -> Value
  ) throws(EngineError) -> Value {
    do throws(CorpusError) { return try body() } catch { throw .outside(error) }
  }
}

extension Cancellation {
  /// Ends a run that was cancelled.
  ///
  /// - Throws: `stopped`.
  package func check() throws(CorpusError) {
    if isCancelled { throw CorpusError.stopped() }
  }
}
