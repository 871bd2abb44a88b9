// Makes the types that this module's declarations use available with `import RepriseEngine` alone.
@_exported public import RepriseCore
