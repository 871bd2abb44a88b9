// Unicode 15.0.0: tables for scheme 1 (docs/scheme.md).
// Written by scripts/generate-unicode-tables from Debian's package unicode-data; do not edit.

#ifndef REPRISE_UNICODE_TABLES_H
#define REPRISE_UNICODE_TABLES_H

#include <stdint.h>
#include <string.h>

/// What becomes of a scalar when tokens are cut.
enum {
  REPRISE_UNICODE_SEPARATOR = 0,
  REPRISE_UNICODE_WORD = 1,
  REPRISE_UNICODE_GRAPHEME = 2,
  REPRISE_UNICODE_EXTEND = 3,
  REPRISE_UNICODE_DROPPED = 4,
};

// An entry: bits 0-2 the class, bit 3 set unless NFC_Quick_Check is Yes, bits 4-11 the canonical
// combining class, bits 12-23 the row of `reprise_unicode_fold`, where 0 folds to itself. The
// class is the one before folding and holds for all that the scalar folds to.
#define REPRISE_UNICODE_CLASS_MASK 0x7u
#define REPRISE_UNICODE_NFC_FLAG 0x8u
#define REPRISE_UNICODE_COMBINING_CLASS_SHIFT 4
#define REPRISE_UNICODE_COMBINING_CLASS_MASK 0xffu
#define REPRISE_UNICODE_FOLD_SHIFT 12
#define REPRISE_UNICODE_FOLD_MASK 0xfffu
#define REPRISE_UNICODE_BLOCK_SHIFT 7

#define REPRISE_UNICODE_SCALAR_LIMIT 0x110000u
#define REPRISE_UNICODE_FOLD_ROWS 1444
#define REPRISE_UNICODE_DECOMPOSITIONS 2061
#define REPRISE_UNICODE_DECOMPOSITION_SCALARS 3406
#define REPRISE_UNICODE_COMPOSITES 941

extern const uint16_t reprise_unicode_stage1[8704];
extern const uint32_t reprise_unicode_stage2[28800];
extern const uint8_t reprise_unicode_fold[REPRISE_UNICODE_FOLD_ROWS][8];
/// Scalars whose last byte of UTF-8 says all, by the six bits of it: a letter's or a digit's, folded,
/// plus 0x40 if the lead becomes the next one; a space, a separator's; 1, a grapheme's; 0 for those of
/// which more must be known. A row for each lead of two bytes from C2 to DB, one for what begins with
/// E2 80, and one each for E3 80 to E3 83, EF BC and EF BD.
extern const uint8_t reprise_unicode_pairs[26][64];
extern const uint8_t reprise_unicode_punctuation[1][64];
extern const uint8_t reprise_unicode_wide[6][64];
extern const uint32_t reprise_unicode_decomposition_keys[REPRISE_UNICODE_DECOMPOSITIONS];
extern const uint16_t reprise_unicode_decomposition_offsets[REPRISE_UNICODE_DECOMPOSITIONS + 1];
extern const uint32_t reprise_unicode_decomposition_scalars[REPRISE_UNICODE_DECOMPOSITION_SCALARS];
extern const uint64_t reprise_unicode_composite_keys[REPRISE_UNICODE_COMPOSITES];
extern const uint32_t reprise_unicode_composite_scalars[REPRISE_UNICODE_COMPOSITES];

/// The entry of a scalar below 0x110000.
static inline uint32_t reprise_unicode_entry(uint32_t scalar) {
  uint32_t block = reprise_unicode_stage1[scalar >> REPRISE_UNICODE_BLOCK_SHIFT];
  uint32_t place = scalar & ((1u << REPRISE_UNICODE_BLOCK_SHIFT) - 1);
  return reprise_unicode_stage2[block << REPRISE_UNICODE_BLOCK_SHIFT | place];
}

// For Swift, which does not see arrays of this length.

/// The first byte of `reprise_unicode_fold`, 8 bytes a row.
static inline const uint8_t *reprise_unicode_fold_base(void) { return &reprise_unicode_fold[0][0]; }

static inline const uint32_t *reprise_unicode_decomposition_keys_base(void) {
  return reprise_unicode_decomposition_keys;
}

static inline const uint16_t *reprise_unicode_decomposition_offsets_base(void) {
  return reprise_unicode_decomposition_offsets;
}

static inline const uint32_t *reprise_unicode_decomposition_scalars_base(void) {
  return reprise_unicode_decomposition_scalars;
}

static inline const uint64_t *reprise_unicode_composite_keys_base(void) {
  return reprise_unicode_composite_keys;
}

static inline const uint32_t *reprise_unicode_composite_scalars_base(void) {
  return reprise_unicode_composite_scalars;
}

#endif
