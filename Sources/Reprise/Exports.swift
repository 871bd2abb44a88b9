// Makes the types that this module's declarations use available with `import Reprise` alone.
@_exported public import RepriseCore
@_exported public import RepriseEngine
@_exported public import RepriseFormats
