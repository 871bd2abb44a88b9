#ifndef REPRISE_ALIGNMENT_H
#define REPRISE_ALIGNMENT_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// The most tokens of a run that is aligned.
enum { REPRISE_ALIGNMENT_LIMIT = 128 };

/// A run of equal tokens, by where it begins in both.
typedef struct {
  uint32_t first;
  uint32_t second;
  uint32_t count;
} reprise_aligned_run;

/// Aligns two runs of 1 to `REPRISE_ALIGNMENT_LIMIT` tokens by a longest common subsequence; of
/// several it is the one that has its matches first in `second`. Returns how many runs it consists
/// of, ascending in both; `runs` has room for `REPRISE_ALIGNMENT_LIMIT`. With `is_whole`, 0 if it is
/// clear that more than `unmatched` tokens of the longer side are left without a match.
size_t reprise_align(const uint64_t *first, size_t first_count, const uint64_t *second,
                     size_t second_count, size_t unmatched, int is_whole,
                     reprise_aligned_run *runs, reprise_instruction_set set);

/// The length of the longest beginning of two runs of `count` tokens each in which there may be
/// more than `penalty` matches for every token without one: a token of the first that is not among
/// those of the second at most `unmatched` places away has none. With more than `unmatched` such
/// tokens nothing longer is looked at.
size_t reprise_promising_count(const uint64_t *first, const uint64_t *second, size_t count,
                               size_t unmatched, size_t penalty, reprise_instruction_set set);

#endif
