#ifndef REPRISE_SEEDS_H
#define REPRISE_SEEDS_H

#include <stddef.h>
#include <stdint.h>

/// The weight of a seed: three words, or six symbols or graphemes of a script written without
/// spaces.
#define REPRISE_SEED_WEIGHT 6

/// Hashes the shortest span of at least the weight of a seed that begins at each token. `sums` are
/// the weights of the tokens as `reprise_token_weights` writes them, or null if all are words.
/// Returns the number of hashes: the spans that end within the text. `hashes` has an entry for each
/// token.
size_t reprise_seed_hashes(const uint64_t *tokens, size_t count, const uint32_t *sums,
                           uint64_t *hashes);

/// Adds one to the counter of each hash that falls in a slice, up to 255. The top `bits` bits of a
/// hash, from 1 to 63, are the number of its counter, `first` is the number of the first counter of
/// the slice, and `size` the number of its counters. Any number of threads may count at the same
/// time.
void reprise_seed_count(const uint64_t *hashes, size_t count, unsigned bits, uint64_t first,
                        uint64_t size, uint8_t *counters);

/// Looks up the counter of each hash, which is 0 for a hash outside the slice. The other parameters
/// are those of `reprise_seed_count`; no thread may count at the same time. `counts` has an entry for
/// each hash.
void reprise_seed_counts(const uint64_t *hashes, size_t count, unsigned bits, uint64_t first,
                         uint64_t size, const uint8_t *counters, uint8_t *counts);

#endif
