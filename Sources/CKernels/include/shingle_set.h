#ifndef REPRISE_SHINGLE_SET_H
#define REPRISE_SHINGLE_SET_H

#include <stddef.h>
#include <stdint.h>

/// A set of 64-bit ids: the distinct ids in order of first occurrence, and a table of their
/// positions plus one, where 0 is an empty entry (open addressing, linear probing by the low bits
/// of an id).
typedef struct {
  uint64_t *ids;
  size_t count;
  uint32_t *table;
  /// The size of the table, a power of two, less one. At least one entry must stay empty.
  size_t mask;
} reprise_shingle_set;

/// Adds `count` ids to a set whose arrays have space for all of them.
void reprise_shingle_set_insert(reprise_shingle_set *set, const uint64_t *ids, size_t count);

/// The number of distinct ids among `count` ids, repetitions allowed, that are in `set`. The others
/// are added to `missed`, which must be empty and have `allowed + 1` entries. When it has more than
/// `allowed` ids, counting stops.
///
/// `marks` must have a zero for each member of `set`.
size_t reprise_shingle_set_shared(const reprise_shingle_set *set, const uint64_t *ids,
                                  size_t count, uint8_t *marks, reprise_shingle_set *missed,
                                  size_t allowed);

#endif
