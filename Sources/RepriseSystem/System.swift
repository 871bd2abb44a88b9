// The C library of the system, for all other targets. What differs between systems is in this folder.
#if canImport(Glibc)
  @_exported import Glibc
#elseif canImport(Musl)
  @_exported import Musl
#elseif canImport(Darwin)
  @_exported import Darwin
#else
  #error("This system has no C library that Reprise knows: Glibc, Musl or Darwin.")
#endif
