/// The names of the fields that make up a document.
///
/// Each is the name of a top-level field. In a record without a field of this name, it is a path
/// (`FieldPath`): `a.b`, `a[].b` or `/a/b`.
package struct DocumentFields: Hashable, Sendable {
  /// The fields with the text; several are joined by a blank line.
  package var text: [String]
  /// The field with the id.
  package var id: String
  /// The fields for the keep order.
  package var order: [String]

  /// Names the fields.
  package init(text: [String], id: String, order: [String] = []) {
    self.text = text
    self.id = id
    self.order = order
  }
}
