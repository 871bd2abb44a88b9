// The portable ASCII tokenizer. It classifies 64 bytes as four vectors of 16, of the compiler's own
// vector type.
//
// It works on tiles of 2,048 bytes in two passes. The first pass classifies a tile, block by block
// of 64 bytes, up to the first byte >= 0x80: it writes the bytes in lower case to a buffer, and a
// mask of the bytes of words. The second pass finds in the masks the first bytes of tokens and the
// separators that end them, and copies each run of bytes to keep with one copy of 64 bytes. There
// are two passes because a copy that reads what was just written, at a different alignment, waits
// for the write.
//
// The caller guarantees the capacities that text.h requires: up to 64 bytes after the tokens and 7
// entries after the offsets are overwritten. No byte outside `text[at ..< end]` is read; the last
// block is copied to a buffer first. Returned is the offset at which the kernel stopped: `end`, or
// the offset of the last byte before one >= 0x80, because a mark may still change it.

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

enum { TILE = 2048 };

/// Writes `base` + the index of each set bit, ascending; returns their number. Writes at most 32
/// entries, in groups of 8.
static inline size_t store_indices(uint32_t *to, uint64_t bits, uint32_t base) {
  size_t count = (size_t)__builtin_popcountll(bits);
  // Always eight at a time: a loop that ends at `count` is mispredicted every time.
  for (size_t done = 0; done < count; done += 8) {
    for (size_t i = done; i < done + 8; i++) {
      to[i] = base + (uint32_t)__builtin_ctzll(bits | 1ull << 63);
      bits &= bits - 1;
    }
  }
  return count;
}

/// Classifies bytes up to the first one >= 0x80; returns its offset, or `count` if there is none.
static inline size_t classify_tile(const uint8_t *from, size_t count, uint8_t *lower,
                                   uint64_t *inside) {
  uint8_t tail[64];
  for (size_t block = 0; block < count; block += 64) {
    const uint8_t *bytes = from + block;
    if (count - block < 64) {
      memset(tail, 0, sizeof tail);
      memcpy(tail, bytes, count - block);
      bytes = tail;
    }
    uint64_t high;
    inside[block / 64] = classify_plain(bytes, lower + block, &high);
    if (high != 0) return block + (size_t)__builtin_ctzll(high);
  }
  return count;
}

size_t reprise_tokenize_ascii_plain(reprise_token_stream *stream, const uint8_t *text, size_t at,
                                    size_t end) {
  uint8_t lower[TILE + 64];
  uint64_t inside[TILE / 64];
  uint8_t *bytes = stream->bytes;
  uint32_t *starts = stream->starts;
  size_t length = stream->length, count = stream->count;
  uint64_t carry = stream->open != REPRISE_NO_TOKEN;
  while (at < end) {
    size_t room = end - at < TILE ? end - at : TILE;
    size_t ascii = classify_tile(text + at, room, lower, inside);
    int stops = at + ascii < end && text[at + ascii] >= 0x80;
    if (stops) {
      if (ascii <= 1) break;
      ascii -= 1;
    }
    for (size_t block = 0; block < ascii; block += 64) {
      size_t left = ascii - block;
      uint64_t valid = left >= 64 ? ~0ull : (1ull << left) - 1;
      uint64_t word = inside[block / 64] & valid;
      uint64_t after = word << 1 | carry;
      uint64_t begin = word & ~after, finish = ~word & after & valid;
      uint64_t keep = word | finish;
      if (stream->source_starts != NULL) {
        uint32_t base = (uint32_t)(at + block);
        store_indices(stream->source_starts + count, begin, base);
        store_indices(stream->source_ends + (count - carry), finish, base);
      }
      // Copies runs of kept bytes. Between them are only separators that follow separators.
      for (uint64_t rest = keep; rest != 0;) {
        size_t from = (size_t)__builtin_ctzll(rest);
        uint64_t beyond = ~(rest >> from);
        size_t run = beyond != 0 ? (size_t)__builtin_ctzll(beyond) : 64;
        memcpy(bytes + length, lower + block + from, 64);
        uint64_t here = (run < 64 ? (1ull << run) - 1 : ~0ull) << from;
        count += store_indices(starts + count, begin & here, (uint32_t)(length - from));
        length += run;
        rest &= ~here;
      }
      carry = word >> ((left < 64 ? left : 64) - 1) & 1;
    }
    at += ascii;
    if (stops) break;
  }
  stream->length = length;
  stream->count = count;
  stream->open = carry ? REPRISE_WORD_TOKEN : REPRISE_NO_TOKEN;
  return at;
}
