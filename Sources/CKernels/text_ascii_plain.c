// The portable ASCII tokenizer. It classifies 64 bytes as four vectors of 16, of the compiler's own
// vector type. The loop over blocks is in text_ascii_tiles.h, with the conditions that callers must
// meet.

#include <string.h>

#include "bytes16.h"
#include "text_stream.h"

#define L(c) [c] = c
#define U(c) [c] = (c) | 0x20
const uint8_t reprise_ascii_fold[256] = {
    L('0'), L('1'), L('2'), L('3'), L('4'), L('5'), L('6'), L('7'), L('8'), L('9'),
    L('a'), L('b'), L('c'), L('d'), L('e'), L('f'), L('g'), L('h'), L('i'), L('j'),
    L('k'), L('l'), L('m'), L('n'), L('o'), L('p'), L('q'), L('r'), L('s'), L('t'),
    L('u'), L('v'), L('w'), L('x'), L('y'), L('z'), U('A'), U('B'), U('C'), U('D'),
    U('E'), U('F'), U('G'), U('H'), U('I'), U('J'), U('K'), U('L'), U('M'), U('N'),
    U('O'), U('P'), U('Q'), U('R'), U('S'), U('T'), U('U'), U('V'), U('W'), U('X'),
    U('Y'), U('Z'),
};
#undef L
#undef U

/// 0xFF in each byte where `from <= byte < from + count`; 0 in the others.
static inline reprise_bytes16 in_range(reprise_bytes16 bytes, uint8_t from, uint8_t count) {
  return (reprise_bytes16)((bytes - from) < reprise_all16(count));
}

static inline uint64_t classify_plain(const uint8_t *from, uint8_t *lower, uint64_t *high) {
  uint64_t words = 0;
  *high = 0;
  for (size_t i = 0; i < 64; i += 16) {
    reprise_bytes16 bytes = reprise_load16(from + i);
    // Letters differ from their capitals in one bit. The other bytes that this maps to letters are
    // not ASCII.
    reprise_bytes16 folded = bytes | 0x20;
    reprise_bytes16 word = in_range(folded, 'a', 26) | in_range(bytes, '0', 10);
    reprise_bytes16 out = (folded & word) | (reprise_all16(' ') & ~word);
    memcpy(lower + i, &out, 16);
    words |= reprise_mask16(word) << i;
    *high |= reprise_mask16(bytes) << i;
  }
  return words;
}

#define TARGET
#define NAME(x) x##_plain
#define INDICES_BY_RUN
#include "text_ascii_tiles.h"
