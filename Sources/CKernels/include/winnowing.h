#ifndef REPRISE_WINNOWING_H
#define REPRISE_WINNOWING_H

#include <stddef.h>
#include <stdint.h>

// Fingerprints of a token sequence by winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003), with
// the rightmost minimum of every window: which gram a window selects depends on nothing outside of
// it, so two texts that share a window share the fingerprint, at the same place of it.
//
// A gram's hash is made of the ids of the 5-token shingles that cover it; docs/passages.md says how.

/// Hashes of all grams of 8 tokens: `grams[i]` is that of tokens `i ..< i + 8`. `ids` are the 5-token
/// shingle ids, `tokens - 4` of them; returns the number of grams, 0 for fewer than 8 tokens.
size_t reprise_word_grams(const uint64_t *ids, size_t tokens, uint64_t *grams);

/// Selects the rightmost minimum of every `window` consecutive hashes and writes the positions
/// selected, ascending, each once; returns their number. `positions` has room for `count`.
///
/// Where one hash is selected more than 64 times in a row, the text is periodic; from then on it is
/// selected again only after `window` positions.
size_t reprise_winnow(const uint64_t *grams, size_t count, size_t window, uint32_t *positions);

/// Weighs tokens: `sums[i]` becomes the weight of the first `i` tokens, for `i` up to `tokens`. A
/// word weighs 2, a grapheme of a script written without spaces 1. Returns the number of graphemes;
/// if there are none, `sums` is not written. `bytes` and `starts` are a token stream's.
size_t reprise_token_weights(const uint8_t *bytes, const uint32_t *starts, size_t tokens,
                             uint32_t *sums);

/// Hashes of all grams of a text with graphemes: gram i is the shortest run of tokens from i on that
/// weighs at least 16. Writes where each ends, and its hash; returns their number.
size_t reprise_mixed_grams(const uint64_t *ids, const uint32_t *sums, size_t tokens, uint32_t *ends,
                           uint64_t *grams);

/// The same as `reprise_winnow` where a window is the shortest run of tokens that weighs at least
/// `weight`: it selects among the grams that lie wholly in it.
size_t reprise_mixed_winnow(const uint64_t *grams, const uint32_t *ends, size_t count,
                            const uint32_t *sums, size_t tokens, uint32_t weight,
                            uint32_t *positions);

#endif
