// Unicode 15.0.0: tables for scheme 1 (docs/scheme.md).
// Written by scripts/generate-unicode-tables from Debian's package unicode-data; do not edit.

#ifndef REPRISE_UNICODE_COMPATIBILITY_H
#define REPRISE_UNICODE_COMPATIBILITY_H

#include <stdint.h>

#define REPRISE_UNICODE_COMPATIBILITIES 3812
#define REPRISE_UNICODE_COMPATIBILITY_SCALARS 5735

extern const uint32_t reprise_unicode_compatibility_keys[REPRISE_UNICODE_COMPATIBILITIES];
extern const uint16_t reprise_unicode_compatibility_offsets[REPRISE_UNICODE_COMPATIBILITIES + 1];
extern const uint32_t
    reprise_unicode_compatibility_scalars[REPRISE_UNICODE_COMPATIBILITY_SCALARS];

// For Swift, which does not see arrays of this length.

static inline const uint32_t *reprise_unicode_compatibility_keys_base(void) {
  return reprise_unicode_compatibility_keys;
}

static inline const uint16_t *reprise_unicode_compatibility_offsets_base(void) {
  return reprise_unicode_compatibility_offsets;
}

static inline const uint32_t *reprise_unicode_compatibility_scalars_base(void) {
  return reprise_unicode_compatibility_scalars;
}

#endif
