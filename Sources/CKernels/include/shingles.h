#ifndef REPRISE_SHINGLES_H
#define REPRISE_SHINGLES_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// Shingle ids: the XXH3-64 (seed 0) of every `n` consecutive tokens, in order of position.
///
/// Token i is `bytes[starts[i] ..< starts[i + 1] - 1]`, as `reprise_token_stream_finish` leaves it.
/// `1 <= n <= count`, and `ids` must have `count - n + 1` entries. 31 bytes before `bytes` and 31
/// bytes after the last token must be readable: kernels read whole words and vectors, and mask
/// them.
void reprise_shingle_ids(const uint8_t *bytes, const uint32_t *starts, size_t count, size_t n,
                         uint64_t *ids, reprise_instruction_set set);

#endif
