// The tokenizer for NEON; see text_loops.h.

#if defined(__aarch64__)
#include "blocks_neon.h"

#define NAME(x) x##_neon
#include "text_loops.h"
#endif
