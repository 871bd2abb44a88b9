// Counts the kinds of bytes in the beginning of a line. The loops are over a fixed number of bytes,
// so that the compiler makes vector code of them.

#include "line_facts.h"

#include <string.h>

reprise_line reprise_line_facts(const uint8_t *line, size_t count) {
  // One zero in front, and zeros up to the limit: they are of no kind.
  uint8_t bytes[REPRISE_LINE_LIMIT + 1] = {0};
  uint8_t letter[REPRISE_LINE_LIMIT + 1] = {0};
  memcpy(bytes + 1, line, count < REPRISE_LINE_LIMIT ? count : REPRISE_LINE_LIMIT);
  // Sums of at most 80 fit in a byte.
  uint8_t letters = 0, small = 0, words = 0, wide = 0;
  for (size_t i = 1; i <= REPRISE_LINE_LIMIT; i++) {
    uint8_t byte = bytes[i];
    uint8_t other = byte >= 0x80;
    letter[i] = (uint8_t)((uint8_t)((byte | 0x20) - 'a') < 26) | other;
    letters += letter[i];
    small += (uint8_t)((uint8_t)(byte - 'a') < 26) | other;
    wide += (uint8_t)(byte >= 0xE3 && byte <= 0xED);
  }
  for (size_t i = 1; i <= REPRISE_LINE_LIMIT; i++) {
    words += letter[i] & (uint8_t)(letter[i - 1] ^ 1);
    wide += (uint8_t)(bytes[i - 1] == 0xE0 && bytes[i] >= 0xB8 && bytes[i] <= 0xBB);
  }
  return (reprise_line){letters, small, words, wide};
}
