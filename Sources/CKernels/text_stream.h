#ifndef REPRISE_TEXT_STREAM_H
#define REPRISE_TEXT_STREAM_H

#include "text.h"
#include "unicode_tables.h"

/// The kernels over ASCII, that of AVX-512 also over sharp s and the scalars of
/// `reprise_unicode_pairs` and `reprise_unicode_punctuation`: they take `text[at ..< end]` up to, but without, the last scalar
/// before anything else (a mark, which may still change it), and return where they stopped. They may
/// be entered with any state but an open grapheme token.
typedef size_t reprise_ascii_kernel(reprise_token_stream *stream, const uint8_t *text, size_t at,
                                    size_t end);
reprise_ascii_kernel reprise_tokenize_ascii_plain;
#if defined(__x86_64__)
reprise_ascii_kernel reprise_tokenize_ascii_avx2;
reprise_ascii_kernel reprise_tokenize_ascii_avx512;
#endif

/// Lower-cased ASCII letters and digits; 0 for whatever separates.
extern const uint8_t reprise_ascii_fold[256];

/// Whether the scalar at `text[at]`, which is not ASCII, is in one of those tables, or sharp s.
static inline int reprise_is_tabled(const uint8_t *text, size_t at, size_t end) {
  uint8_t lead = text[at];
  size_t left = end - at;
  if (left < 2 || (text[at + 1] & 0xC0) != 0x80) return 0;
  if (lead >= 0xC2 && lead <= 0xDB) {
    uint8_t value = reprise_unicode_pairs[lead - 0xC2][text[at + 1] & 0x3F];
    return value != 0 || (lead == 0xC3 && text[at + 1] == 0x9F);
  }
  return lead == 0xE2 && text[at + 1] == 0x80 && left >= 3 && (text[at + 2] & 0xC0) == 0x80 &&
         reprise_unicode_punctuation[0][text[at + 2] & 0x3F] != 0;
}

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

/// Brings the stream into the state in which a scalar of this class may be written; returns 0 if
/// the scalar leaves no bytes. `close_at` is where the open token ends if this scalar ends it.
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
