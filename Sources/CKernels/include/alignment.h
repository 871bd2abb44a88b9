#ifndef REPRISE_ALIGNMENT_H
#define REPRISE_ALIGNMENT_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// The maximum number of tokens in a span that is aligned.
enum { REPRISE_ALIGNMENT_LIMIT = 128 };

/// A run of equal tokens: its first token in both spans, and its length.
typedef struct {
  uint32_t first;
  uint32_t second;
  uint32_t count;
} reprise_aligned_run;

/// Aligns two spans of 1 to `REPRISE_ALIGNMENT_LIMIT` tokens by a longest common subsequence; among
/// several it chooses the one whose matches come first in `second`. Writes its runs of equal
/// tokens, ascending in both spans, to `runs`, which must have `REPRISE_ALIGNMENT_LIMIT` entries.
/// Returns the number of runs. With `is_whole`, returns 0 if more than `unmatched` tokens of the
/// longer span certainly have no match.
size_t reprise_align(const uint64_t *first, size_t first_count, const uint64_t *second,
                     size_t second_count, size_t unmatched, int is_whole,
                     reprise_aligned_run *runs, reprise_instruction_set set);

/// The length of the longest beginning of two spans of `count` tokens in which there may be more
/// than `penalty` matches per unmatched token. A token of `first` is unmatched if `second` does not
/// have it at most `unmatched` tokens away. After more than `unmatched` of them the search ends.
/// `unmatched` is at most 31, and 7 tokens after `second` must be readable.
size_t reprise_promising_count(const uint64_t *first, const uint64_t *second, size_t count,
                               size_t unmatched, size_t penalty, reprise_instruction_set set);

#endif
