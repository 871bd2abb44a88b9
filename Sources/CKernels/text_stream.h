#ifndef REPRISE_TEXT_STREAM_H
#define REPRISE_TEXT_STREAM_H

#include "text.h"
#include "unicode_tables.h"

/// A tokenizer of ASCII, and for AVX-512 also of the scalars that `reprise_is_known` names. It
/// tokenizes `text[at ..< end]` up to the last scalar before any other one, which may be a mark and
/// still change that scalar. Returns the offset at which it stopped. The stream may be in any state
/// but that of an open grapheme token.
typedef size_t reprise_ascii_kernel(reprise_token_stream *stream, const uint8_t *text, size_t at,
                                    size_t end);
reprise_ascii_kernel reprise_tokenize_ascii_plain;
#if defined(__x86_64__)
reprise_ascii_kernel reprise_tokenize_text_avx2;
reprise_ascii_kernel reprise_tokenize_ascii_avx512;
/// The tokenizer of ASCII for the styles, in any state but that of an open grapheme token.
reprise_ascii_kernel reprise_tokenize_styled_avx2;
/// The AVX-512 kernel calls it for text that is not in an alphabet.
reprise_ascii_kernel reprise_tokenize_wide_avx512;
#elif defined(__aarch64__)
reprise_ascii_kernel reprise_tokenize_text_neon;
#endif

/// The lower-case form of ASCII letters and digits; 0 for all other bytes.
extern const uint8_t reprise_ascii_fold[256];

/// Whether the scalar at `text[at]`, which is not ASCII, can be tokenized alone: it is in an
/// alphabet of two bytes, Han, kana, Hangul or punctuation, and is never composed, reordered or
/// dropped.
static inline int reprise_is_known(const uint8_t *text, size_t at, size_t end) {
  uint8_t lead = text[at];
  size_t left = end - at;
  if (left < 2 || (text[at + 1] & 0xC0) != 0x80) return 0;
  uint8_t second = text[at + 1];
  if (lead >= 0xC2 && lead <= 0xDB) {
    int is_sharp_s = lead == 0xC3 && second == 0x9F;
    return is_sharp_s || reprise_unicode_pairs[lead - 0xC2][second & 0x3F] != 0;
  }
  if (left < 3 || (text[at + 2] & 0xC0) != 0x80) return 0;
  uint8_t third = text[at + 2] & 0x3F;
  switch (lead) {
    case 0xE2: return second == 0x80 && reprise_unicode_punctuation[0][third] != 0;
    case 0xE3:
      return second >= 0x90 || (second < 0x84 && reprise_unicode_wide[second & 3][third] != 0);
    case 0xE4: return second != 0xB7;
    case 0xEA: return second >= 0xB0;
    case 0xED: return second <= 0x9D;
    case 0xEF: return (second & 0xFE) == 0xBC && reprise_unicode_wide[4 + (second & 1)][third] != 0;
    default: return (lead >= 0xE5 && lead <= 0xE9) || lead == 0xEB || lead == 0xEC;
  }
}

/// `reprise_is_known` as a call, for loops that seldom need it.
int reprise_is_known_cold(const uint8_t *text, size_t at, size_t end);

static inline void reprise_close_token(reprise_token_stream *stream, size_t at) {
  stream->bytes[stream->length++] = ' ';
  if (stream->source_ends != NULL) stream->source_ends[stream->count - 1] = (uint32_t)at;
  stream->open = REPRISE_NO_TOKEN;
}

static inline void reprise_begin_token(reprise_token_stream *stream, size_t at, int kind) {
  stream->starts[stream->count] = (uint32_t)stream->length;
  if (stream->source_starts != NULL) stream->source_starts[stream->count] = (uint32_t)at;
  stream->count++;
  stream->open = kind;
}

/// Prepares the stream for a scalar of this class: closes and begins tokens. Returns 0 if nothing
/// is written for the scalar. `close_at` is the end of the open token if this scalar ends it.
static inline int reprise_enter_class(reprise_token_stream *stream, uint32_t kind, size_t at,
                                      size_t close_at) {
  switch (kind) {
    case REPRISE_UNICODE_WORD:
      if (stream->open == REPRISE_WORD_TOKEN) return 1;
      if (stream->open != REPRISE_NO_TOKEN) reprise_close_token(stream, close_at);
      reprise_begin_token(stream, at, REPRISE_WORD_TOKEN);
      return 1;
    case REPRISE_UNICODE_GRAPHEME:
      if (stream->open != REPRISE_NO_TOKEN) reprise_close_token(stream, close_at);
      reprise_begin_token(stream, at, REPRISE_GRAPHEME_TOKEN);
      return 1;
    case REPRISE_UNICODE_EXTEND:
      if (stream->open == REPRISE_NO_TOKEN) reprise_begin_token(stream, at, REPRISE_WORD_TOKEN);
      return 1;
    case REPRISE_UNICODE_DROPPED:
      return 0;
    default:
      if (stream->open != REPRISE_NO_TOKEN) reprise_close_token(stream, close_at);
      return 0;
  }
}

#endif
