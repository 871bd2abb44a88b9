#ifndef REPRISE_SHINGLES_H
#define REPRISE_SHINGLES_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// Shingle ids: XXH3-64 (seed 0) of every window of `n` tokens, in order of position.
///
/// Token i is `bytes[starts[i] ..< starts[i + 1] - 1]`, as `reprise_token_stream_finish` leaves it;
/// `1 <= n <= count`; `ids` has room for `count - n + 1`. At least 16 bytes before `bytes` are
/// readable: the branch-free hash reads them and masks them away.
void reprise_shingle_ids(const uint8_t *bytes, const uint32_t *starts, size_t count, size_t n,
                         uint64_t *ids, reprise_instruction_set set);

#endif
