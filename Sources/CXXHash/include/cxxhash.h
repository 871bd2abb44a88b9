#ifndef REPRISE_CXXHASH_H
#define REPRISE_CXXHASH_H

// xxHash from Debian's libxxhash-dev, inlined into every caller: a call costs no jump, and nothing
// has to be linked. XXH3 is frozen since 0.8.0: any later version gives the same numbers.
#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

// XXH_INLINE_ALL renames every function by a macro, which Swift does not see.

/// XXH3-64 with seed 0.
static inline uint64_t reprise_xxh3_64(const void *bytes, size_t count) {
  return XXH3_64bits(bytes, count);
}

/// XXH3-128 with seed 0: low half, high half.
typedef struct {
  uint64_t low;
  uint64_t high;
} reprise_hash128;

static inline reprise_hash128 reprise_xxh3_128(const void *bytes, size_t count) {
  XXH128_hash_t hash = XXH3_128bits(bytes, count);
  return (reprise_hash128){hash.low64, hash.high64};
}

#endif
