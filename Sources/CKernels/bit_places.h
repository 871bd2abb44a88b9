#ifndef REPRISE_BIT_PLACES_H
#define REPRISE_BIT_PLACES_H

#include <stdint.h>

/// `[0][m]`: the indices of the set bits of the byte m, ascending, each a byte, the first one
/// lowest. `[1][m]` has 8 added to each.
extern const uint64_t reprise_bit_places[2][256];

/// In byte i, the number of set bits in bytes 0 to i. The sums are modulo 256; 64 is the largest.
static inline uint64_t reprise_counts_up_to(uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555u;
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
  return bits * 0x0101010101010101u;
}

#endif
