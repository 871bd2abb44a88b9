#ifndef REPRISE_WINNOWING_H
#define REPRISE_WINNOWING_H

#include <stddef.h>
#include <stdint.h>

// Fingerprints of a token sequence by winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003), with
// the rightmost minimum of every window. The gram that a window selects depends only on the window,
// so two texts that share a window share the fingerprint, at the same position in it.
//
// The hash of a gram is made of the ids of the 5-token shingles that cover it; docs/passages.md
// says how.

/// Computes the hashes of all grams of 8 tokens: `grams[i]` is that of tokens `i ..< i + 8`. `ids`
/// are the ids of the `tokens - 4` shingles of 5 tokens; `grams` may be the same array. Returns the
/// number of grams, 0 for fewer than 8 tokens.
size_t reprise_word_grams(const uint64_t *ids, size_t tokens, uint64_t *grams);

/// Selects the rightmost minimum of every `window` consecutive hashes. Writes the selected
/// positions, ascending, each once, and returns their number. `positions` must have `count`
/// entries.
///
/// If one hash is selected more than 64 times in a row, the text is periodic. The hash is then
/// selected again only after `window` positions.
size_t reprise_winnow(const uint64_t *grams, size_t count, size_t window, uint32_t *positions);

/// Weighs tokens: `sums[i]` becomes the weight of the first `i` tokens, for `i` from 0 to `tokens`.
/// A word weighs 2, a symbol or a grapheme of a script written without spaces 1. Returns the number
/// of tokens that weigh 1; if there are none, `sums` is not written. `bytes`, `starts` and `style`
/// are those of a token stream, with readable bytes after the last token.
size_t reprise_token_weights(const uint8_t *bytes, const uint32_t *starts, size_t tokens,
                             uint32_t style, uint32_t *sums);

/// Whether a token is a grapheme of a script written without spaces.
int reprise_is_grapheme(const uint8_t *token);

/// Computes the hashes of all grams of a text in which some tokens weigh 1: those of 8 tokens, or, in
/// a style with symbols, the shortest span of tokens from each that weighs at least 16. Writes the
/// end and the hash of each; `grams` may be the same array as `ids`. Returns the number of grams.
size_t reprise_mixed_grams(const uint64_t *ids, const uint32_t *sums, size_t tokens, uint32_t style,
                           uint32_t *ends, uint64_t *grams);

/// Selects fingerprints like `reprise_winnow`, where a window is the shortest span of tokens that
/// weighs at least `weight`, and has the grams that are wholly in it.
size_t reprise_mixed_winnow(const uint64_t *grams, const uint32_t *ends, size_t count,
                            const uint32_t *sums, size_t tokens, uint32_t weight,
                            uint32_t *positions);

#endif
