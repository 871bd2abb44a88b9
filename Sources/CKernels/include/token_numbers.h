#ifndef REPRISE_TOKEN_NUMBERS_H
#define REPRISE_TOKEN_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/// A number of 64 bits for each token, equal where the tokens are and, up to accidents of hashing,
/// only there: for comparisons within a run, never stored. `bytes` and `starts` are a token stream's;
/// 16 bytes behind the last token are readable.
void reprise_token_numbers(const uint8_t *bytes, const uint32_t *starts, size_t count,
                           uint64_t *numbers);

#endif
