// Sets of 64-bit ids, and the number of ids that two documents share. Ids are hashes, so their low
// bits are the index in the table. Plain C on every instruction set; shingle_set.h says what
// callers must guarantee.

#include "shingle_set.h"

/// The index of an id in the table, or of the empty entry where it would be.
static inline size_t find(const reprise_shingle_set *set, uint64_t id) {
  size_t place = (size_t)id & set->mask;
  while (set->table[place] != 0 && set->ids[set->table[place] - 1] != id) {
    place = (place + 1) & set->mask;
  }
  return place;
}

static inline void insert(reprise_shingle_set *set, uint64_t id) {
  size_t place = find(set, id);
  // There is no branch except for collisions: a known id is written again and not counted.
  size_t is_new = set->table[place] == 0;
  set->table[place] = is_new ? (uint32_t)set->count + 1 : set->table[place];
  set->ids[set->count] = id;
  set->count += is_new;
}

void reprise_shingle_set_insert(reprise_shingle_set *set, const uint64_t *ids, size_t count) {
  reprise_shingle_set now = *set;
  for (size_t i = 0; i < count; i++) insert(&now, ids[i]);
  *set = now;
}

size_t reprise_shingle_set_shared(const reprise_shingle_set *set, const uint64_t *ids,
                                  size_t count, uint8_t *marks, reprise_shingle_set *missed,
                                  size_t allowed) {
  const reprise_shingle_set known = *set;
  // Near-duplicates have most shingles in the same order, so the member after the last one found is
  // tried before the table.
  size_t shared = 0, next = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t id = ids[i];
    size_t member = next;
    if (member >= known.count || known.ids[member] != id) {
      uint32_t entry = known.table[find(&known, id)];
      if (entry == 0) {
        insert(missed, id);
        if (missed->count > allowed) break;
        next++;
        continue;
      }
      member = entry - 1;
    }
    shared += !marks[member];
    marks[member] = 1;
    next = member + 1;
  }
  return shared;
}
