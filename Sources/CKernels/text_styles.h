// What `--tokens symbols` and `--case keep` change: the classes of scalars and the bytes of tokens.
// docs/scheme.md specifies both.

#ifndef REPRISE_TEXT_STYLES_H
#define REPRISE_TEXT_STYLES_H

#include "text_stream.h"

/// Whether a scalar has the property White_Space (Unicode 15.0, PropList.txt).
static inline int reprise_is_white_space(uint32_t scalar) {
  if (scalar < 0x80) return scalar == ' ' || (scalar >= 0x09 && scalar <= 0x0D);
  switch (scalar) {
    case 0x85: case 0xA0: case 0x1680: case 0x2028: case 0x2029: case 0x202F: case 0x205F:
    case 0x3000: return 1;
    default: return scalar >= 0x2000 && scalar <= 0x200A;
  }
}

/// The class that a scalar has in a style. A symbol is a token of its own, as a grapheme is.
static inline uint32_t reprise_styled_class(uint32_t class, uint32_t scalar, uint32_t style) {
  int is_symbol = (style & REPRISE_SYMBOLS) != 0 && class == REPRISE_UNICODE_SEPARATOR &&
                  !reprise_is_white_space(scalar);
  return is_symbol ? REPRISE_UNICODE_GRAPHEME : class;
}

/// Tokenizes bytes of ASCII, byte by byte; `end` is where they end.
static inline void reprise_tokenize_styled_ascii(reprise_token_stream *now, const uint8_t *text,
                                                 size_t at, size_t end, uint32_t style) {
  while (at < end) {
    uint8_t folded = reprise_ascii_fold[text[at]];
    if (folded != 0) {
      reprise_enter_class(now, REPRISE_UNICODE_WORD, at, at);
      do {
        now->bytes[now->length++] = style & REPRISE_KEEPS_CASE ? text[at] : folded;
        if (++at == end) return;
        folded = reprise_ascii_fold[text[at]];
      } while (folded != 0);
    }
    if (now->open != REPRISE_NO_TOKEN) reprise_close_token(now, at);
    if ((style & REPRISE_SYMBOLS) != 0 && !reprise_is_white_space(text[at])) {
      reprise_begin_token(now, at, REPRISE_GRAPHEME_TOKEN);
      now->bytes[now->length++] = text[at];
    }
    at++;
  }
}

#endif
