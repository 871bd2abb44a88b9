#ifndef REPRISE_XXH3_AVX2_H
#define REPRISE_XXH3_AVX2_H

#include "xxh3.h"

/// Up to this number of bytes XXH3 works on single words, without vectors.
enum { REPRISE_XXH3_SHORT = 240 };

#if defined(__x86_64__)
uint64_t reprise_xxh3_64_avx2(const void *bytes, size_t count);
reprise_hash128 reprise_xxh3_128_avx2(const void *bytes, size_t count);
#endif

#endif
