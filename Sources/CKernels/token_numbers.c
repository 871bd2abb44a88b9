// Numbers of tokens. A token of at most 16 bytes is read as two words, without a branch on its
// length; these are xored with constants and multiplied. A longer token is hashed. Plain C on every
// instruction set; token_numbers.h says what callers must guarantee.

#include "token_numbers.h"

#include "xxh3_medium.h"

// The constants contain a byte FF, which never occurs in UTF-8, so neither factor is ever zero.
static const uint64_t keys[2] = {0xff51afd7ed558ccdu, 0xc4ceb9fe1a85ffffu};

static inline uint64_t lowest_bytes(uint64_t word, size_t count) {
  return count >= 8 ? word : word & ((1ull << (8 * count)) - 1);
}

void reprise_token_numbers(const uint8_t *bytes, const uint32_t *starts, size_t count,
                           uint64_t *numbers) {
  for (size_t i = 0; i < count; i++) {
    const uint8_t *token = bytes + starts[i];
    size_t length = starts[i + 1] - 1 - starts[i];
    if (__builtin_expect(length > 16, 0)) {
      numbers[i] = reprise_xxh3_medium(token, length);
      continue;
    }
    uint64_t low = lowest_bytes(reprise_xxh3_load(token), length);
    uint64_t high = lowest_bytes(reprise_xxh3_load(token + 8), length < 8 ? 0 : length - 8);
    __uint128_t product = (__uint128_t)(low ^ keys[0]) * (high ^ keys[1]);
    numbers[i] = (uint64_t)product ^ (uint64_t)(product >> 64);
  }
}

void reprise_token_letters(const uint8_t *bytes, const uint32_t *starts, size_t count,
                           uint64_t *letters) {
  for (size_t i = 0; i < count; i++) {
    const uint8_t *token = bytes + starts[i];
    size_t length = starts[i + 1] - 1 - starts[i];
    uint64_t set = 0;
    uint32_t before = 0;
    size_t characters = 0;
    for (size_t at = 0; at <= length; at++) {
      // The last byte of a character tells it from others of its script.
      if (at + 1 < length && (token[at + 1] & 0xC0) == 0x80) continue;
      uint32_t letter = at < length ? token[at] : 0;
      set |= 1ull << (((before << 8 | letter) * 0x9E3779B1u) >> 26);
      before = letter;
      characters += at < length;
    }
    letters[i] = characters > 1 ? set : 0;
  }
}
