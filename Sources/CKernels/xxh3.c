// XXH3 of any number of bytes, and the choice of a kernel. Up to 240 bytes it does not use vectors,
// so the version that is inlined here serves every instruction set.

#include "xxh3.h"

#include "cxxhash.h"
#include "xxh3_avx2.h"

uint64_t reprise_xxh3_64(const void *bytes, size_t count, reprise_instruction_set set) {
#if defined(__x86_64__)
  if (count > REPRISE_XXH3_SHORT && set >= REPRISE_AVX2) return reprise_xxh3_64_avx2(bytes, count);
#endif
  (void)set;
  return XXH3_64bits(bytes, count);
}

reprise_hash128 reprise_xxh3_128(const void *bytes, size_t count, reprise_instruction_set set) {
#if defined(__x86_64__)
  if (count > REPRISE_XXH3_SHORT && set >= REPRISE_AVX2) return reprise_xxh3_128_avx2(bytes, count);
#endif
  (void)set;
  XXH128_hash_t hash = XXH3_128bits(bytes, count);
  return (reprise_hash128){hash.low64, hash.high64};
}
