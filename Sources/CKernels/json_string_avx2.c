// The JSON string kernels for AVX2; see json_string_blocks.h.

#include "json_string_kernels.h"

#if defined(__x86_64__)
#include "blocks_avx2.h"

#define NAME(x) x##_avx2
#include "json_string_blocks.h"
#endif
