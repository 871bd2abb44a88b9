// Unicode 15.0.0: tables for the ends of sentences (UAX 29).
// Written by scripts/generate-unicode-tables from Debian's package unicode-data; do not edit.

#ifndef REPRISE_UNICODE_SENTENCES_H
#define REPRISE_UNICODE_SENTENCES_H

#include <stdint.h>

/// The property Sentence_Break.
enum {
  REPRISE_SENTENCE_OTHER = 0,
  REPRISE_SENTENCE_CR = 1,
  REPRISE_SENTENCE_LF = 2,
  REPRISE_SENTENCE_SEP = 3,
  REPRISE_SENTENCE_EXTEND = 4,
  REPRISE_SENTENCE_FORMAT = 5,
  REPRISE_SENTENCE_SP = 6,
  REPRISE_SENTENCE_LOWER = 7,
  REPRISE_SENTENCE_UPPER = 8,
  REPRISE_SENTENCE_OLETTER = 9,
  REPRISE_SENTENCE_NUMERIC = 10,
  REPRISE_SENTENCE_ATERM = 11,
  REPRISE_SENTENCE_STERM = 12,
  REPRISE_SENTENCE_CLOSE = 13,
  REPRISE_SENTENCE_SCONTINUE = 14,
};

extern const uint8_t reprise_unicode_sentence_stage1[8704];
extern const uint8_t reprise_unicode_sentence_stage2[28032];

/// The property of a scalar below 0x110000.
static inline uint8_t reprise_sentence_break(uint32_t scalar) {
  uint32_t block = reprise_unicode_sentence_stage1[scalar >> 7];
  return reprise_unicode_sentence_stage2[block << 7 | (scalar & 127)];
}

#endif
