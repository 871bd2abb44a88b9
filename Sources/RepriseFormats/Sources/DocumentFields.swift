/// The names of the top-level fields that make up a document.
public struct DocumentFields: Hashable, Sendable {
  /// The field with the text.
  public var text: String
  /// The field with the id.
  public var id: String
  /// The field for the keep order; nil if it is not needed.
  public var order: String?

  /// Names the fields.
  public init(text: String, id: String, order: String? = nil) {
    self.text = text
    self.id = id
    self.order = order
  }
}
