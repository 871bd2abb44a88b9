// The JSON string kernels for NEON; see json_string_blocks.h.

#include "json_string_kernels.h"

#if defined(__aarch64__)
#include "blocks_neon.h"

#define NAME(x) x##_neon
#include "json_string_blocks.h"
#endif
