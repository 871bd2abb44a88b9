// Groups 64-bit keys: divides them by their top bits, and finds repeated keys with a hash table of
// 32-bit entries. Plain C on every instruction set; key_groups.h says what callers must guarantee.

#include "key_groups.h"

#include <string.h>

static inline uint64_t key_at(const reprise_document_keys *keys, size_t index) {
  uint64_t key;
  memcpy(&key, keys->bytes + index * keys->stride, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  key = __builtin_bswap64(key);
#endif
  return key;
}

static inline int participates(const reprise_document_keys *keys, size_t document) {
  return keys->participants == NULL || (keys->participants[document >> 6] >> (document & 63) & 1);
}

/// The part of a key; `parts.count` or more for a key outside these parts.
static inline size_t part_of(uint64_t key, reprise_key_parts parts) {
  return (size_t)(key >> 1 >> (parts.shift - 1)) - parts.first;
}

void reprise_count_keys(const reprise_document_keys *keys, reprise_key_parts parts,
                        size_t *counts) {
  for (size_t i = 0; i < keys->count; i++) {
    size_t part = part_of(key_at(keys, i), parts);
    if (part < parts.count && participates(keys, keys->first_document + i)) counts[part]++;
  }
}

size_t reprise_place_keys(const reprise_document_keys *keys, reprise_key_parts parts,
                          const size_t *ends, size_t *next, uint64_t *placed_keys,
                          uint32_t *placed_documents) {
  size_t refused = 0;
  for (size_t i = 0; i < keys->count; i++) {
    uint64_t key = key_at(keys, i);
    size_t part = part_of(key, parts);
    size_t document = keys->first_document + i;
    if (part >= parts.count || !participates(keys, document)) continue;
    size_t place = next[part];
    if (place >= ends[part]) {
      refused++;
      continue;
    }
    next[part] = place + 1;
    placed_keys[place] = key;
    placed_documents[place] = (uint32_t)document;
  }
  return refused;
}

size_t reprise_repeated_keys(const uint64_t *keys, uint32_t from, uint32_t to, uint32_t *table,
                             size_t capacity, uint32_t (*places)[2]) {
  size_t mask = capacity - 1, found = 0;
  for (uint32_t i = from; i < to; i++) {
    // The top bits are equal within a part, so the low bits choose the entry. An entry is the index
    // of a key plus 1.
    size_t entry = (size_t)keys[i] & mask;
    while (table[entry] != 0 && keys[table[entry] - 1] != keys[i]) entry = (entry + 1) & mask;
    if (table[entry] == 0) {
      table[entry] = i + 1;
    } else {
      places[found][0] = table[entry] - 1;
      places[found++][1] = i;
    }
  }
  return found;
}
