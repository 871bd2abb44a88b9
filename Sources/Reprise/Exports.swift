// What the library's own declarations speak of is there with `import Reprise` alone.
@_exported public import RepriseCore
@_exported public import RepriseCorpus
