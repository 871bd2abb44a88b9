// Counts the kinds of bytes in the beginning of a line, by masks of one bit per byte: 64 bits for
// the first four vectors of 16 bytes, and 16 for the fifth.

#include "line_facts.h"

#include <string.h>

#include "bytes16.h"

typedef struct {
  uint64_t low;
  uint64_t high;
} line_mask;

static inline uint32_t count(line_mask mask) {
  return (uint32_t)(__builtin_popcountll(mask.low) + __builtin_popcountll(mask.high));
}

/// The bits, each moved to the next byte.
static inline line_mask moved(line_mask mask) {
  return (line_mask){mask.low << 1, (mask.high << 1 | mask.low >> 63) & 0xFFFF};
}

static inline void add(line_mask *mask, reprise_bytes16 found, int block) {
  uint64_t bits = reprise_mask16(found);
  if (block < 4) {
    mask->low |= bits << 16 * block;
  } else {
    mask->high |= bits;
  }
}

/// 0xFF in each byte where `from <= byte < from + count`; 0 in the others.
static inline reprise_bytes16 in_range(reprise_bytes16 bytes, uint8_t from, uint8_t count) {
  return (reprise_bytes16)((bytes - from) < reprise_all16(count));
}

reprise_line reprise_line_facts(const uint8_t *line, size_t byte_count) {
  // Zeros up to the limit are of no kind.
  uint8_t bytes[REPRISE_LINE_LIMIT] = {0};
  memcpy(bytes, line, byte_count < REPRISE_LINE_LIMIT ? byte_count : REPRISE_LINE_LIMIT);
  line_mask letters = {0, 0}, small = {0, 0}, wide = {0, 0}, thai_lead = {0, 0}, thai = {0, 0};
  for (int block = 0; block < REPRISE_LINE_LIMIT / 16; block++) {
    reprise_bytes16 all = reprise_load16(bytes + 16 * block);
    reprise_bytes16 other = in_range(all, 0x80, 0x80);
    add(&letters, in_range(all | 0x20, 'a', 26) | other, block);
    add(&small, in_range(all, 'a', 26) | other, block);
    add(&wide, in_range(all, 0xE3, 0xED - 0xE3 + 1), block);
    add(&thai_lead, in_range(all, 0xE0, 1), block);
    add(&thai, in_range(all, 0xB8, 4), block);
  }
  line_mask before = moved(letters), leads = moved(thai_lead);
  line_mask words = {letters.low & ~before.low, letters.high & ~before.high};
  line_mask unspaced = {leads.low & thai.low, leads.high & thai.high};
  return (reprise_line){count(letters), count(small), count(words), count(wide) + count(unspaced)};
}
