// Normalizes text and divides it into tokens.
//
// `reprise_tokenize` alternates between two loops. An ASCII kernel, chosen by instruction set,
// tokenizes blocks of 64 bytes, and stops before the last scalar that precedes something that it
// does not know. `tokenize_scalars` then reads scalar by scalar, with the Unicode tables, until the
// kernel can continue. Both write to the caller's `reprise_token_stream`.
//
// Text that may not be in normalization form C is not composed here. The loop remembers the stream
// at the last boundary, the last position that normalization does not cross. At a scalar that fails
// the quick check it restores that state and returns the segment from the boundary to the next one.
// The caller composes it, appends the scalars with `reprise_token_stream_append`, and continues
// after it.
//
// The caller guarantees the capacities that text.h requires. No byte outside the text is read; up
// to 7 bytes after the tokens are overwritten.

#include "text.h"

#include <string.h>

#include "text_stream.h"
#include "text_styles.h"

static inline __attribute__((always_inline)) size_t decode_scalar(const uint8_t *text, size_t at,
                                                                  size_t end, uint32_t *scalar,
                                                                  int *valid) {
  uint8_t lead = text[at];
  *valid = 1;
  if (lead < 0x80) {
    *scalar = lead;
    return 1;
  }
  size_t left = end - at;
  size_t good = 1;
  if (lead >= 0xC2 && lead <= 0xDF) {
    if (left >= 2 && (text[at + 1] & 0xC0) == 0x80) {
      *scalar = (uint32_t)(lead & 0x1F) << 6 | (text[at + 1] & 0x3F);
      return 2;
    }
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    uint8_t lowest = lead == 0xE0 ? 0xA0 : 0x80, highest = lead == 0xED ? 0x9F : 0xBF;
    if (left >= 2 && text[at + 1] >= lowest && text[at + 1] <= highest) {
      if (left >= 3 && (text[at + 2] & 0xC0) == 0x80) {
        *scalar = (uint32_t)(lead & 0x0F) << 12 | (uint32_t)(text[at + 1] & 0x3F) << 6 |
                  (text[at + 2] & 0x3F);
        return 3;
      }
      good = 2;
    }
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    uint8_t lowest = lead == 0xF0 ? 0x90 : 0x80, highest = lead == 0xF4 ? 0x8F : 0xBF;
    if (left >= 2 && text[at + 1] >= lowest && text[at + 1] <= highest) {
      good = 2;
      if (left >= 3 && (text[at + 2] & 0xC0) == 0x80) {
        good = 3;
        if (left >= 4 && (text[at + 3] & 0xC0) == 0x80) {
          *scalar = (uint32_t)(lead & 0x07) << 18 | (uint32_t)(text[at + 1] & 0x3F) << 12 |
                    (uint32_t)(text[at + 2] & 0x3F) << 6 | (text[at + 3] & 0x3F);
          return 4;
        }
      }
    }
  }
  *scalar = 0xFFFD;
  *valid = 0;
  return good;
}

size_t reprise_decode_scalar(const uint8_t *text, size_t at, size_t end, uint32_t *scalar,
                             int *valid) {
  return decode_scalar(text, at, end, scalar, valid);
}

static size_t encode(uint32_t scalar, uint8_t *to) {
  if (scalar < 0x80) {
    to[0] = (uint8_t)scalar;
    return 1;
  }
  if (scalar < 0x800) {
    to[0] = (uint8_t)(0xC0 | scalar >> 6);
    to[1] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 2;
  }
  if (scalar < 0x10000) {
    to[0] = (uint8_t)(0xE0 | scalar >> 12);
    to[1] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
    to[2] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 3;
  }
  to[0] = (uint8_t)(0xF0 | scalar >> 18);
  to[1] = (uint8_t)(0x80 | (scalar >> 12 & 0x3F));
  to[2] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
  to[3] = (uint8_t)(0x80 | (scalar & 0x3F));
  return 4;
}

/// Writes the folded form of a scalar that is not ASCII, or the scalar itself if case is kept.
static inline void write_scalar(reprise_token_stream *stream, uint32_t entry, uint32_t scalar,
                                uint32_t style) {
  uint32_t row = entry >> REPRISE_UNICODE_FOLD_SHIFT;
  if (row == 0 || (style & REPRISE_KEEPS_CASE) != 0) {
    stream->length += encode(scalar, stream->bytes + stream->length);
  } else {
    const uint8_t *folded = reprise_unicode_fold[row];
    memcpy(stream->bytes + stream->length, folded + 1, 7);
    stream->length += folded[0];
  }
}

static inline uint32_t combining_class(uint32_t entry) {
  return entry >> REPRISE_UNICODE_COMBINING_CLASS_SHIFT & REPRISE_UNICODE_COMBINING_CLASS_MASK;
}

/// Whether a scalar never combines with, or moves before, what precedes it. Among the scalars of
/// combining class 0 with the NFC flag, those that may are marks that extend, and Hangul vowels and
/// tails. The others decompose to something that begins with a boundary.
static inline int is_boundary(uint32_t scalar, uint32_t entry) {
  if (combining_class(entry) != 0) return 0;
  if ((entry & REPRISE_UNICODE_NFC_FLAG) == 0) return 1;
  if ((entry & REPRISE_UNICODE_CLASS_MASK) == REPRISE_UNICODE_EXTEND) return 0;
  return scalar < 0x1161 || scalar > 0x11C2;
}

static size_t segment_end(const uint8_t *text, size_t at, size_t end) {
  while (at < end && text[at] >= 0x80) {
    uint32_t scalar;
    int valid;
    size_t width = decode_scalar(text, at, end, &scalar, &valid);
    if (is_boundary(scalar, reprise_unicode_entry(scalar))) break;
    at += width;
  }
  return at;
}

/// The offset of the last byte of ASCII before another one, which may be a mark that changes it;
/// `end` if there is none.
static inline size_t plain_ascii_end(const uint8_t *text, size_t at, size_t end) {
  const size_t start = at;
  while (at < end) {
    uint64_t eight = 0;
    size_t left = end - at < 8 ? end - at : 8;
    memcpy(&eight, text + at, left);
    uint64_t high = eight & 0x8080808080808080u;
    if (high != 0) {
      at += (size_t)__builtin_ctzll(high) / 8;
      return at > start ? at - 1 : at;
    }
    at += left;
  }
  return at;
}

static inline int next_16_are_ascii(const uint8_t *text, size_t at, size_t end) {
  if (end - at < 16) return 0;
  uint64_t first, second;
  memcpy(&first, text + at, 8);
  memcpy(&second, text + at + 8, 8);
  return ((first | second) & 0x8080808080808080u) == 0;
}

int reprise_is_known_cold(const uint8_t *text, size_t at, size_t end) {
  return reprise_is_known(text, at, end);
}

/// Whether the AVX-512 kernel knows the scalar at `text[at]` and, if that is ASCII, the next one.
static __attribute__((noinline)) int two_are_known(const uint8_t *text, size_t at, size_t end) {
  if (text[at] >= 0x80) return reprise_is_known(text, at, end);
  return at + 1 == end || text[at + 1] < 0x80 || reprise_is_known(text, at + 1, end);
}

/// Tokenizes scalar by scalar until at least 16 bytes of ASCII follow, the text ends, or a segment
/// must be composed. With `takes_more`, it also stops after 16 scalars if the kernel knows the
/// next. Without `has_kernel` it stops only at the end of the text and for a segment.
static inline __attribute__((always_inline)) size_t tokenize_scalars(
    reprise_token_stream *stream, const uint8_t *text, size_t at, size_t end,
    reprise_segment *segment, int has_kernel, int takes_more, uint32_t style) {
  // A copy, so that the fields can be in registers: `bytes` might point at the stream itself.
  reprise_token_stream now = *stream;
  // The last boundary, and the state of the stream before the scalar that follows it.
  size_t boundary = at, length = now.length, count = now.count;
  int open = now.open;
  uint32_t last_class = 0;
  // The number of scalars until the kernel is tried again; doubled each time that it knows nothing.
  size_t until_kernel = takes_more ? 16 : SIZE_MAX, pause = 16;
  while (at < end) {
    uint8_t byte = text[at];
    if (until_kernel-- == 0) {
      if (two_are_known(text, at, end)) break;
      until_kernel = pause *= 2;
    }
    if (byte < 0x80) {
      if (has_kernel && next_16_are_ascii(text, at, end)) break;
      if (!has_kernel) {
        size_t stop = plain_ascii_end(text, at, end);
        reprise_tokenize_styled_ascii(&now, text, at, stop, style);
        if ((at = stop) == end) break;
        byte = text[at];
      }
      boundary = at, length = now.length, count = now.count, open = now.open;
      last_class = 0;
      uint8_t folded = reprise_ascii_fold[byte];
      if (style != 0) {
        reprise_tokenize_styled_ascii(&now, text, at, at + 1, style);
      } else if (folded != 0) {
        reprise_enter_class(&now, REPRISE_UNICODE_WORD, at, at);
        now.bytes[now.length++] = folded;
      } else if (now.open != REPRISE_NO_TOKEN) {
        reprise_close_token(&now, at);
      }
      at++;
      continue;
    }
    uint32_t scalar;
    int valid;
    size_t width = decode_scalar(text, at, end, &scalar, &valid);
    if (!valid) {
      // The bytes themselves are part of a word, and no segment goes across them.
      now.invalid++;
      reprise_enter_class(&now, REPRISE_UNICODE_WORD, at, at);
      for (size_t i = 0; i < width; i++) now.bytes[now.length++] = text[at + i];
      at += width;
      boundary = at, length = now.length, count = now.count, open = now.open;
      last_class = 0;
      continue;
    }
    uint32_t entry = reprise_unicode_entry(scalar);
    uint32_t class = combining_class(entry);
    if ((entry & REPRISE_UNICODE_NFC_FLAG) != 0 || (class != 0 && class < last_class)) {
      // A segment begins at its boundary, so a token that ends there ends exactly there.
      if (is_boundary(scalar, entry)) {
        boundary = at;
      } else {
        now.length = length, now.count = count, now.open = open;
      }
      segment->start = boundary;
      segment->end = segment_end(text, at + width, end);
      at = segment->end;
      break;
    }
    if (class == 0) boundary = at, length = now.length, count = now.count, open = now.open;
    last_class = class;
    uint32_t kind = reprise_styled_class(entry & REPRISE_UNICODE_CLASS_MASK, scalar, style);
    if (reprise_enter_class(&now, kind, at, at)) {
      if (entry >> REPRISE_UNICODE_FOLD_SHIFT == 0 && end - at >= 4) {
        memcpy(now.bytes + now.length, text + at, 4);
        now.length += width;
      } else {
        write_scalar(&now, entry, scalar, style);
      }
    }
    at += width;
  }
  *stream = now;
  return at;
}

/// Tokenizes scalar by scalar what the kernel does not take, or everything if there is none.
static size_t tokenize_rest(reprise_token_stream *stream, const uint8_t *text, size_t at,
                            size_t end, reprise_segment *segment, int has_kernel, int takes_more) {
  switch (stream->style) {
    case 0: return tokenize_scalars(stream, text, at, end, segment, 1, takes_more, 0);
    case REPRISE_SYMBOLS:
      return tokenize_scalars(stream, text, at, end, segment, has_kernel, 0, REPRISE_SYMBOLS);
    case REPRISE_KEEPS_CASE:
      return tokenize_scalars(stream, text, at, end, segment, has_kernel, 0, REPRISE_KEEPS_CASE);
    default:
      return tokenize_scalars(stream, text, at, end, segment, has_kernel, 0,
                              REPRISE_SYMBOLS | REPRISE_KEEPS_CASE);
  }
}

/// The kernel for ASCII; NULL for the styles without AVX2.
static reprise_ascii_kernel *ascii_kernel(reprise_instruction_set set, uint32_t style) {
#if defined(__x86_64__)
  if (style != 0) return set >= REPRISE_AVX2 ? reprise_tokenize_styled_avx2 : NULL;
  if (set == REPRISE_AVX512) return reprise_tokenize_ascii_avx512;
  if (set == REPRISE_AVX2) return reprise_tokenize_text_avx2;
#elif defined(__aarch64__)
  if (style == 0 && set == REPRISE_NEON) return reprise_tokenize_text_neon;
#endif
  return style == 0 ? reprise_tokenize_ascii_plain : NULL;
}

size_t reprise_tokenize(reprise_token_stream *stream, const uint8_t *text, size_t at, size_t end,
                        reprise_segment *segment, reprise_instruction_set set) {
  reprise_ascii_kernel *tokenize_ascii = ascii_kernel(set, stream->style);
  int takes_more = set != REPRISE_PLAIN && stream->style == 0;
  segment->start = 0;
  segment->end = 0;
  while (at < end) {
    int is_known = text[at] < 0x80 || (takes_more && reprise_is_known(text, at, end));
    if (is_known && tokenize_ascii != NULL) {
      // A letter after a grapheme token begins a new token.
      if (stream->open == REPRISE_GRAPHEME_TOKEN) reprise_close_token(stream, at);
      at = tokenize_ascii(stream, text, at, end);
      if (at == end) break;
    }
    at = tokenize_rest(stream, text, at, end, segment, tokenize_ascii != NULL, takes_more);
    if (segment->end != 0) return at;
  }
  return at;
}

void reprise_token_stream_append(reprise_token_stream *stream, const uint32_t *scalars,
                                 size_t count, reprise_segment segment) {
  // A token that has scalars of the segment ends with it, also one that was open before.
  size_t close_at = segment.start;
  for (size_t i = 0; i < count; i++) {
    uint32_t entry = reprise_unicode_entry(scalars[i]), style = stream->style;
    uint32_t kind = reprise_styled_class(entry & REPRISE_UNICODE_CLASS_MASK, scalars[i], style);
    if (!reprise_enter_class(stream, kind, segment.start, close_at)) continue;
    close_at = segment.end;
    if (scalars[i] >= 0x80) {
      write_scalar(stream, entry, scalars[i], style);
    } else if (kind != REPRISE_UNICODE_WORD || (style & REPRISE_KEEPS_CASE) != 0) {
      stream->bytes[stream->length++] = (uint8_t)scalars[i];
    } else {
      stream->bytes[stream->length++] = reprise_ascii_fold[scalars[i]];
    }
  }
}

void reprise_token_stream_finish(reprise_token_stream *stream, size_t text_end) {
  if (stream->open != REPRISE_NO_TOKEN) reprise_close_token(stream, text_end);
  if (stream->count > 0) stream->length -= 1;
  stream->starts[stream->count] = (uint32_t)stream->length + 1;
}
