#ifndef REPRISE_SHINGLES_KERNELS_H
#define REPRISE_SHINGLES_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "xxh3_medium.h"

/// Hashes one shingle after another; see `reprise_shingle_ids`.
static inline __attribute__((always_inline)) void reprise_shingle_ids_of(
    const uint8_t *bytes, const uint32_t *starts, size_t count, size_t n, uint64_t *ids) {
  size_t shingles = count - n + 1;
  for (size_t i = 0; i < shingles; i++) {
    ids[i] = reprise_xxh3_medium(bytes + starts[i], starts[i + n] - 1 - starts[i]);
  }
}

#if defined(__x86_64__)
void reprise_shingle_ids_avx2(const uint8_t *bytes, const uint32_t *starts, size_t count, size_t n,
                              uint64_t *ids);
void reprise_shingle_ids_avx512(const uint8_t *bytes, const uint32_t *starts, size_t count,
                                size_t n, uint64_t *ids);
#endif

#endif
