// The ASCII tokenizer for instruction sets that cannot compress bytes in a register, compiled once
// for each of them.
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
//
// Before each inclusion:
//   TARGET        the function attribute, or nothing
//   NAME(x)       x with the suffix of the instruction set
//   NAME(classify)(from, lower, high)   for 64 bytes at `from`: returns the mask of letters and
//                 digits, sets `high` to the mask of bytes >= 0x80, and writes the bytes to
//                 `lower`, in lower case, with a space for all others
//   NAME(output_indices)(begin, keep)   if it is fast: the bits of `begin`, moved to where they are
//                 after the bits outside `keep` are removed; define INDICES_BY_RUN otherwise

enum { NAME(tile) = 2048 };

/// Writes `base` + the index of each set bit, ascending; returns their number. Writes at most 32
/// entries, in groups of 8.
TARGET static inline size_t NAME(store_indices)(uint32_t *to, uint64_t bits, uint32_t base) {
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
TARGET static inline size_t NAME(classify_tile)(const uint8_t *from, size_t count, uint8_t *lower,
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
    inside[block / 64] = NAME(classify)(bytes, lower + block, &high);
    if (high != 0) return block + (size_t)__builtin_ctzll(high);
  }
  return count;
}

TARGET size_t NAME(reprise_tokenize_ascii)(reprise_token_stream *stream, const uint8_t *text,
                                           size_t at, size_t end) {
  uint8_t lower[NAME(tile) + 64];
  uint64_t inside[NAME(tile) / 64];
  uint8_t *bytes = stream->bytes;
  uint32_t *starts = stream->starts;
  size_t length = stream->length, count = stream->count;
  uint64_t carry = stream->open != REPRISE_NO_TOKEN;
  while (at < end) {
    size_t room = end - at < NAME(tile) ? end - at : NAME(tile);
    size_t ascii = NAME(classify_tile)(text + at, room, lower, inside);
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
        NAME(store_indices)(stream->source_starts + count, begin, base);
        NAME(store_indices)(stream->source_ends + (count - carry), finish, base);
      }
#ifndef INDICES_BY_RUN
      count += NAME(store_indices)(starts + count, NAME(output_indices)(begin, keep),
                                   (uint32_t)length);
#endif
      // Copies runs of kept bytes. Between them are only separators that follow separators.
      for (uint64_t rest = keep; rest != 0;) {
        size_t from = (size_t)__builtin_ctzll(rest);
        uint64_t beyond = ~(rest >> from);
        size_t run = beyond != 0 ? (size_t)__builtin_ctzll(beyond) : 64;
        memcpy(bytes + length, lower + block + from, 64);
        uint64_t here = (run < 64 ? (1ull << run) - 1 : ~0ull) << from;
#ifdef INDICES_BY_RUN
        count += NAME(store_indices)(starts + count, begin & here, (uint32_t)(length - from));
#endif
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
