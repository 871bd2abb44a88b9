#ifndef REPRISE_SHINGLE_SET_H
#define REPRISE_SHINGLE_SET_H

#include <stddef.h>
#include <stdint.h>

/// A set of 64-bit ids: the distinct ids in order of first occurrence, and a table of their
/// positions plus one (0: empty), open addressing, linear probing by an id's low bits.
typedef struct {
  uint64_t *ids;
  size_t count;
  uint32_t *table;
  /// The table's size, a power of two, less one. A place must stay empty.
  size_t mask;
} reprise_shingle_set;

/// Adds `count` ids to a set that has room for all of them.
void reprise_shingle_set_insert(reprise_shingle_set *set, const uint64_t *ids, size_t count);

/// Of `count` ids, in any order and with repetitions: how many distinct ones are in `set`. Those
/// that are not are added to `missed`, which must be empty; as soon as it has more than `allowed`,
/// the rest is not looked at. It has room for `allowed + 1`.
///
/// `marks` is a zero for each member of `set`.
size_t reprise_shingle_set_shared(const reprise_shingle_set *set, const uint64_t *ids,
                                  size_t count, uint8_t *marks, reprise_shingle_set *missed,
                                  size_t allowed);

#endif
