// The tokenizer for AVX2; see text_loops.h.

#if defined(__x86_64__)
#include "blocks_avx2.h"

#define NAME(x) x##_avx2
#include "text_loops.h"
#endif
