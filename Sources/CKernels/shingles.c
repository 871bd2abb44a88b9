#include "shingles.h"

#include "xxh3_medium.h"

static inline void ids_of(const uint8_t *bytes, const uint32_t *starts, size_t count, size_t n,
                          uint64_t *ids) {
  size_t shingles = count - n + 1;
  for (size_t i = 0; i < shingles; i++) {
    ids[i] = reprise_xxh3_medium(bytes + starts[i], starts[i + n] - 1 - starts[i]);
  }
}

#if defined(__x86_64__)
// BMI2's mulx writes both halves of a product wherever they are wanted.
__attribute__((target("bmi2"))) static void ids_bmi2(const uint8_t *bytes, const uint32_t *starts,
                                                     size_t count, size_t n, uint64_t *ids) {
  ids_of(bytes, starts, count, n, ids);
}
#endif

void reprise_shingle_ids(const uint8_t *bytes, const uint32_t *starts, size_t count, size_t n,
                         uint64_t *ids, reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set != REPRISE_PLAIN) {
    ids_bmi2(bytes, starts, count, n, ids);
    return;
  }
#endif
  ids_of(bytes, starts, count, n, ids);
}
