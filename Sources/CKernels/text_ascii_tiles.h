// The kernel over ASCII for instruction sets that cannot compress bytes in a register, compiled once
// for each. Before each inclusion:
//   TARGET        the function attribute, or nothing
//   NAME(x)       x with the set's suffix
//   NAME(classify)(from, lower, high)   for 64 bytes at `from`: the mask of letters and digits, the
//                 mask of bytes >= 0x80, and the bytes, lower-cased, with a space for all others
//   NAME(output_indices)(begin, keep)   if it is fast, the bits of `begin` moved to where they come
//                 to lie when the bits outside of `keep` are taken out; INDICES_BY_RUN otherwise
//
// A tile is classified first and copied together then: a copy that reads what was just written at
// another alignment waits for the write.

enum { NAME(tile) = 2048 };

/// Writes `base` + each set bit's index, ascending; returns how many. Writes up to 32 entries.
TARGET static inline size_t NAME(store_indices)(uint32_t *to, uint64_t bits, uint32_t base) {
  size_t count = (size_t)__builtin_popcountll(bits);
  // Eight at a time, wanted or not: a loop that ends at `count` is mispredicted every time.
  for (size_t done = 0; done < count; done += 8) {
    for (size_t i = done; i < done + 8; i++) {
      to[i] = base + (uint32_t)__builtin_ctzll(bits | 1ull << 63);
      bits &= bits - 1;
    }
  }
  return count;
}

/// Classifies up to the first byte >= 0x80; returns its place, or `count`.
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
      // Run by run of what is kept: only separators behind separators are not.
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
