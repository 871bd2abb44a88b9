#ifndef REPRISE_KEY_GROUPS_H
#define REPRISE_KEY_GROUPS_H

#include <stddef.h>
#include <stdint.h>

/// Keys of consecutive documents: 64 bits each, the low byte first, `stride` bytes from one to the
/// next. Those of documents whose bit in `participants` is not set are passed over, if there is one.
typedef struct {
  const uint8_t *bytes;
  size_t count;
  size_t stride;
  size_t first_document;
  const uint64_t *participants;
} reprise_document_keys;

/// Consecutive parts of the space of keys: a key's part is what its top bits say, less `first`. Keys
/// of other parts are passed over.
typedef struct {
  /// The bits below those that say the part, 1 to 64.
  unsigned shift;
  size_t first;
  size_t count;
} reprise_key_parts;

/// Adds to `counts[part]` the number of keys of each part.
void reprise_count_keys(const reprise_document_keys *keys, reprise_key_parts parts, size_t *counts);

/// Writes each key and its document at `next[part]`, which is counted up.
void reprise_place_keys(const reprise_document_keys *keys, reprise_key_parts parts, size_t *next,
                        uint64_t *placed_keys, uint32_t *placed_documents);

/// Finds the keys among `keys[from, to)` that stand before in `keys[0, to)`, calls for lower ranges
/// having gone before.
///
/// `table` has `capacity` entries, a power of two over the number of keys, all zero before the
/// first call. Writes for each such key, in their order, the place of the first equal key and its
/// own; returns their number, at most `to - from`.
size_t reprise_repeated_keys(const uint64_t *keys, uint32_t from, uint32_t to, uint32_t *table,
                             size_t capacity, uint32_t (*places)[2]);

#endif
