#ifndef REPRISE_KEY_GROUPS_H
#define REPRISE_KEY_GROUPS_H

#include <stddef.h>
#include <stdint.h>

/// Keys of consecutive documents: 64 bits each, little-endian, with `stride` bytes from one to the
/// next. If `participants` is not NULL, documents whose bit in it is not set are skipped.
typedef struct {
  const uint8_t *bytes;
  size_t count;
  size_t stride;
  size_t first_document;
  const uint64_t *participants;
} reprise_document_keys;

/// Consecutive parts of all keys. The top bits of a key, less `first`, are the number of its part.
/// Keys in other parts are skipped.
typedef struct {
  /// The number of bits below those that tell the part, 1 to 64.
  unsigned shift;
  size_t first;
  size_t count;
} reprise_key_parts;

/// Adds the number of keys in each part to `counts[part]`.
void reprise_count_keys(const reprise_document_keys *keys, reprise_key_parts parts, size_t *counts);

/// Writes each key and its document at index `next[part]`, and increments that, as long as it is
/// less than `ends[part]`. Returns the number of keys for which there was no space: 0 if the same
/// keys were counted.
size_t reprise_place_keys(const reprise_document_keys *keys, reprise_key_parts parts,
                          const size_t *ends, size_t *next, uint64_t *placed_keys,
                          uint32_t *placed_documents);

/// Finds the keys in `keys[from, to)` that occur earlier in `keys[0, to)`, if it was called for the
/// ranges before, in order.
///
/// `table` must have `capacity` entries, a power of two above the number of keys, all zero before
/// the first call. For each such key, in order, it writes the index of the first equal key and its
/// own index to `places`. Returns their number, at most `to - from`.
size_t reprise_repeated_keys(const uint64_t *keys, uint32_t from, uint32_t to, uint32_t *table,
                             size_t capacity, uint32_t (*places)[2]);

#endif
