// XXH3 of long inputs for AVX2: xxHash itself, compiled again with its AVX2 code for 64-byte
// stripes. It reads exactly the `count` bytes given, and returns the same numbers as
// `reprise_xxh3_64` and `reprise_xxh3_128` with any instruction set.

#include "xxh3_avx2.h"

#if defined(__x86_64__)
#include <immintrin.h>

// This compiles all of xxHash for AVX2. AVX-512 is not faster on documents of a few KB.
#pragma clang attribute push(__attribute__((target("avx2,bmi2"))), apply_to = function)
#define XXH_VECTOR XXH_AVX2
#include "cxxhash.h"

uint64_t reprise_xxh3_64_avx2(const void *bytes, size_t count) {
  return XXH3_64bits(bytes, count);
}

reprise_hash128 reprise_xxh3_128_avx2(const void *bytes, size_t count) {
  XXH128_hash_t hash = XXH3_128bits(bytes, count);
  return (reprise_hash128){hash.low64, hash.high64};
}
#pragma clang attribute pop
#endif
