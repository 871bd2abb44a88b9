// A conformance of a public type to a public protocol is public, whoever declares it.
public import ArgumentParser
public import Reprise

extension RecordFormat: ExpressibleByArgument {}
extension SignatureMethod: ExpressibleByArgument {}
extension ScanConfiguration.Verification: ExpressibleByArgument {}
extension ScanConfiguration.Find: ExpressibleByArgument {}
