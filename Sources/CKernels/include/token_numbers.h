#ifndef REPRISE_TOKEN_NUMBERS_H
#define REPRISE_TOKEN_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/// Computes a 64-bit number for each token, equal for equal tokens, and different for different
/// ones unless hashes collide. Use them for comparisons within a run, and never store them. `bytes`
/// and `starts` are those of a token stream; 16 bytes before `bytes` and 16 bytes after the last
/// token must be readable.
void reprise_token_numbers(const uint8_t *bytes, const uint32_t *starts, size_t count,
                           uint64_t *numbers);

/// Computes for each token a set of its pairs of characters, with its beginning and its end, as bits
/// of a 64-bit number: words that differ in few characters have most bits in common. A token of one
/// character has none. `bytes` and `starts` are those of a token stream.
void reprise_token_letters(const uint8_t *bytes, const uint32_t *starts, size_t count,
                           uint64_t *letters);

#endif
