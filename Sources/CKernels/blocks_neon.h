// Blocks of 64 bytes in NEON, of Armv8.0: the operations of blocks_avx2.h.
//
// Masks of bits are made by adding pairs of bytes, each with its own bit. Bytes are removed in groups
// of eight, as in blocks_avx2.h. There is no instruction that removes bits from a mask, so the
// offsets of tokens are read from the output.

#ifndef REPRISE_BLOCKS_NEON_H
#define REPRISE_BLOCKS_NEON_H

#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "bit_places.h"
#include "text_stream.h"

// The compilers unroll short loops at different levels of optimization.
#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

#define TARGET
#define INLINE static inline __attribute__((always_inline))

typedef struct {
  uint8x16_t part[4];
} bytes64;

#define EACH(operation)                                                              \
  (bytes64) {                                                                        \
    {operation(part[0]), operation(part[1]), operation(part[2]), operation(part[3])} \
  }

INLINE bytes64 all(uint8_t byte) {
  uint8x16_t bytes = vdupq_n_u8(byte);
  return (bytes64){{bytes, bytes, bytes, bytes}};
}

INLINE bytes64 load(const uint8_t *from) {
  return (bytes64){
      {vld1q_u8(from), vld1q_u8(from + 16), vld1q_u8(from + 32), vld1q_u8(from + 48)}};
}

INLINE bytes64 load_some(const uint8_t *from, size_t count, uint8_t rest) {
  uint8_t copy[64];
  memset(copy, rest, sizeof copy);
  memcpy(copy, from, count);
  return load(copy);
}

INLINE bytes64 and_bytes(bytes64 a, bytes64 b) {
#define AND(p) vandq_u8(a.p, b.p)
  return EACH(AND);
}

INLINE bytes64 or_bytes(bytes64 a, bytes64 b) {
#define OR(p) vorrq_u8(a.p, b.p)
  return EACH(OR);
}

INLINE bytes64 same_bytes(bytes64 a, bytes64 b) {
#define SAME(p) vceqq_u8(a.p, b.p)
  return EACH(SAME);
}

INLINE bytes64 equal_bytes(bytes64 bytes, uint8_t byte) { return same_bytes(bytes, all(byte)); }

INLINE bytes64 bytes_from(bytes64 bytes, uint8_t first, uint8_t last) {
#define IN_RANGE(p) \
  vcleq_u8(vsubq_u8(bytes.p, vdupq_n_u8(first)), vdupq_n_u8((uint8_t)(last - first)))
  return EACH(IN_RANGE);
}

INLINE bytes64 bits_1_to_4(bytes64 bytes) {
#define HALVED(p) vandq_u8(vshrq_n_u8(bytes.p, 1), vdupq_n_u8(0x0F))
  return EACH(HALVED);
}

INLINE bytes64 look_up_16(const uint8_t *values, bytes64 places) {
  uint8x16_t row = vld1q_u8(values);
#define VALUE(p) vqtbl1q_u8(row, places.p)
  return EACH(VALUE);
}

/// The bits of bytes that are 0 or 0xFF.
INLINE uint64_t mask_bits(bytes64 masks) {
  const uint8x16_t bit = vreinterpretq_u8_u64(vdupq_n_u64(0x8040201008040201u));
  uint8x16_t low = vpaddq_u8(vandq_u8(masks.part[0], bit), vandq_u8(masks.part[1], bit));
  uint8x16_t high = vpaddq_u8(vandq_u8(masks.part[2], bit), vandq_u8(masks.part[3], bit));
  uint8x16_t sum = vpaddq_u8(low, high);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

INLINE uint64_t high_bits(bytes64 bytes) {
#define HIGH(p) vcltzq_s8(vreinterpretq_s8_u8(bytes.p))
  return mask_bits(EACH(HIGH));
}

INLINE int any_high_bits(bytes64 bytes) {
  uint8x16_t any = vorrq_u8(vorrq_u8(bytes.part[0], bytes.part[1]),
                            vorrq_u8(bytes.part[2], bytes.part[3]));
  return vmaxvq_u8(any) >= 0x80;
}

INLINE uint64_t bits_of(bytes64 bytes, uint8_t bits) {
#define ANY(p) vtstq_u8(bytes.p, vdupq_n_u8(bits))
  return mask_bits(EACH(ANY));
}

INLINE bytes64 choose_bytes(bytes64 masks, bytes64 yes, bytes64 no) {
#define PICK(p) vbslq_u8(masks.p, yes.p, no.p)
  return EACH(PICK);
}

INLINE bytes64 select_bytes(uint64_t bits, bytes64 yes, bytes64 no) {
  const uint8x16_t bit = vreinterpretq_u8_u64(vdupq_n_u64(0x8040201008040201u));
  uint8x16_t spread = vreinterpretq_u8_u64(vdupq_n_u64(bits));
  uint8x16_t order = vcombine_u8(vdup_n_u8(0), vdup_n_u8(1));
  bytes64 chosen;
  UNROLL
  for (int i = 0; i < 4; i++) {
    uint8x16_t here = vtstq_u8(vqtbl1q_u8(spread, vaddq_u8(order, vdupq_n_u8(2 * i))), bit);
    chosen.part[i] = vbslq_u8(here, yes.part[i], no.part[i]);
  }
  return chosen;
}

INLINE bytes64 moved_up(bytes64 bytes, int by) {
  bytes64 moved;
  uint8x16_t before = vdupq_n_u8(0);
  UNROLL
  for (int i = 0; i < 4; i++) {
    uint8x16_t now = bytes.part[i];
    moved.part[i] = by == 1 ? vextq_u8(before, now, 15) : vextq_u8(before, now, 14);
    before = now;
  }
  return moved;
}

INLINE bytes64 look_up(const uint8_t *row, bytes64 bytes) {
  uint8x16x4_t values = vld1q_u8_x4(row);
#define LOOK_UP(p) vqtbl4q_u8(values, vandq_u8(bytes.p, vdupq_n_u8(0x3F)))
  return EACH(LOOK_UP);
}

INLINE bytes64 look_up_pair(const uint8_t (*rows)[64], bytes64 bytes, bytes64 before) {
  bytes64 even = look_up(rows[0], bytes), odd = look_up(rows[1], bytes);
#define CHOOSE(p) vbslq_u8(vtstq_u8(before.p, vdupq_n_u8(1)), odd.p, even.p)
  return EACH(CHOOSE);
}

INLINE size_t compress(uint8_t *to, bytes64 bytes, uint64_t keep) {
  uint64_t counts = reprise_counts_up_to(keep);
  size_t before = 0;
  UNROLL
  for (int i = 0; i < 8; i++) {
    uint8x8_t order = vcreate_u8(reprise_bit_places[i & 1][(uint8_t)(keep >> 8 * i)]);
    vst1_u8(to + before, vqtbl1_u8(bytes.part[i / 2], order));
    before = (uint8_t)(counts >> 8 * i);
  }
  return before;
}

/// Writes `base` + the index of each set bit; returns their number. Writes groups of four.
INLINE size_t store_indices(uint32_t *to, uint64_t bits, size_t base) {
  size_t count = 0;
  // The lowest bit first is the highest one of the bits in reverse, which one instruction counts.
  uint64_t reversed;
  __asm__("rbit %0, %1" : "=r"(reversed) : "r"(bits));
  size_t set = (size_t)vaddv_u8(vcnt_u8(vcreate_u8(bits)));
  while (count < set) {
    UNROLL
  for (int i = 0; i < 4; i++) {
      size_t place = (size_t)__builtin_clzll(reversed | 1);
      to[count + i] = (uint32_t)(base + place);
      reversed &= ~(0x8000000000000000u >> place);
    }
    count += 4;
  }
  return set;
}

/// Where tokens begin in the output: after every space, since each token is closed by one. So the
/// offsets are read from the output, at least 64 bytes behind its end, where it was stored a while
/// ago: a load of what was just stored would wait for it.
typedef struct {
  const uint8_t *bytes;
  uint32_t *starts;
  /// The number of closed tokens whose end was found, and the number of bytes that were searched.
  size_t closed, searched;
} token_starts;

INLINE token_starts open_starts(const reprise_token_stream *stream) {
  size_t closed = stream->count;
  if (stream->open != REPRISE_NO_TOKEN) {
    closed -= 1;
  } else {
    stream->starts[closed] = (uint32_t)stream->length;
  }
  return (token_starts){stream->bytes, stream->starts, closed, stream->length};
}

INLINE void search_starts(token_starts *now, uint64_t within) {
  uint64_t spaces = mask_bits(equal_bytes(load(now->bytes + now->searched), ' ')) & within;
  now->closed += store_indices(now->starts + now->closed + 1, spaces, now->searched + 1);
}

INLINE void add_starts(token_starts *now, uint64_t begin, uint64_t keep, size_t length,
                       size_t written) {
  (void)begin, (void)keep;
  while (now->searched + 128 <= length + written) {
    search_starts(now, ~0ull);
    now->searched += 64;
  }
}

/// The number of tokens of the output, which has `length` bytes.
INLINE size_t close_starts(token_starts *now, size_t length, int is_open) {
  for (; now->searched < length; now->searched += 64) {
    size_t left = length - now->searched;
    search_starts(now, left < 64 ? (1ull << left) - 1 : ~0ull);
  }
  return now->closed + (is_open != 0);
}

INLINE bytes64 spaced_half(bytes64 bytes, int half) {
  uint8x16_t space = vdupq_n_u8(' '), first = bytes.part[2 * half], second = bytes.part[2 * half + 1];
  return (bytes64){{vzip1q_u8(first, space), vzip2q_u8(first, space), vzip1q_u8(second, space),
                    vzip2q_u8(second, space)}};
}

INLINE uint64_t spread_to_even(uint64_t bits) {
  bits = (bits | bits << 16) & 0x0000FFFF0000FFFFu;
  bits = (bits | bits << 8) & 0x00FF00FF00FF00FFu;
  bits = (bits | bits << 4) & 0x0F0F0F0F0F0F0F0Fu;
  bits = (bits | bits << 2) & 0x3333333333333333u;
  return (bits | bits << 1) & 0x5555555555555555u;
}

INLINE uint64_t interleaved(uint32_t even, uint32_t odd) {
  return spread_to_even(even) | spread_to_even(odd) << 1;
}

#endif
