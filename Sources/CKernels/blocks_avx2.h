// Blocks of 64 bytes in AVX2: the operations that blocks.h lists.
//
// AVX2 can neither compress bytes nor compare to masks of bits. `vpmovmskb` makes the masks, and
// bytes are removed in groups of eight: a table has the places of the set bits of each byte of a
// mask, `vpshufb` moves the bytes there together, and the group is stored where those before it end.
// So nothing depends on a branch.

#ifndef REPRISE_BLOCKS_AVX2_H
#define REPRISE_BLOCKS_AVX2_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "bit_places.h"
#include "text_stream.h"

#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))
#define INLINE static inline __attribute__((always_inline))

typedef struct {
  __m256i low, high;
} bytes64;

#define EACH(operation)                                                              \
  (bytes64) {                                                                        \
    operation(low), operation(high)                                                  \
  }

TARGET INLINE bytes64 all(uint8_t byte) {
  __m256i bytes = _mm256_set1_epi8((char)byte);
  return (bytes64){bytes, bytes};
}

TARGET INLINE bytes64 load(const uint8_t *from) {
  return (bytes64){_mm256_loadu_si256((const __m256i *)(const void *)from),
                   _mm256_loadu_si256((const __m256i *)(const void *)(from + 32))};
}

TARGET INLINE bytes64 load_some(const uint8_t *from, size_t count, uint8_t rest) {
  uint8_t copy[64];
  memset(copy, rest, sizeof copy);
  memcpy(copy, from, count);
  return load(copy);
}

TARGET INLINE uint64_t high_bits(bytes64 bytes) {
  uint64_t bits = (uint32_t)_mm256_movemask_epi8(bytes.low) |
                  (uint64_t)(uint32_t)_mm256_movemask_epi8(bytes.high) << 32;
  // Hides from the compiler that the mask comes from comparisons. Otherwise it turns arithmetic on
  // it into work on 64 single bits (clang 21: a third of the speed).
  __asm__("" : "+r"(bits));
  return bits;
}

TARGET INLINE int any_high_bits(bytes64 bytes) {
  __m256i any = _mm256_or_si256(bytes.low, bytes.high);
  return _mm256_movemask_epi8(any) != 0;
}

/// The bits of bytes that are 0 or 0xFF.
TARGET INLINE uint64_t mask_bits(bytes64 masks) { return high_bits(masks); }

TARGET INLINE bytes64 choose_bytes(bytes64 masks, bytes64 yes, bytes64 no) {
#define PICK(half) _mm256_blendv_epi8(no.half, yes.half, masks.half)
  return EACH(PICK);
}

TARGET INLINE bytes64 and_bytes(bytes64 a, bytes64 b) {
#define AND(half) _mm256_and_si256(a.half, b.half)
  return EACH(AND);
}

TARGET INLINE bytes64 or_bytes(bytes64 a, bytes64 b) {
#define OR(half) _mm256_or_si256(a.half, b.half)
  return EACH(OR);
}

TARGET INLINE bytes64 equal_bytes(bytes64 bytes, uint8_t byte) {
  __m256i value = _mm256_set1_epi8((char)byte);
#define EQUAL(half) _mm256_cmpeq_epi8(bytes.half, value)
  return EACH(EQUAL);
}

TARGET INLINE bytes64 same_bytes(bytes64 a, bytes64 b) {
#define SAME(half) _mm256_cmpeq_epi8(a.half, b.half)
  return EACH(SAME);
}

TARGET INLINE bytes64 bits_1_to_4(bytes64 bytes) {
#define HALVED(half) _mm256_srli_epi16(bytes.half, 1)
  return and_bytes(EACH(HALVED), all(0x0F));
}

TARGET INLINE bytes64 look_up_16(const uint8_t *values, bytes64 places) {
  __m128i row = _mm_loadu_si128((const __m128i *)(const void *)values);
#define VALUE(half) _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(row), places.half)
  return EACH(VALUE);
}

TARGET INLINE bytes64 bytes_from(bytes64 bytes, uint8_t first, uint8_t last) {
  __m256i from = _mm256_set1_epi8((char)first), width = _mm256_set1_epi8((char)(last - first));
#define DISTANCE(half) _mm256_sub_epi8(bytes.half, from)
#define IN_RANGE(half) _mm256_cmpeq_epi8(_mm256_min_epu8(DISTANCE(half), width), DISTANCE(half))
  return EACH(IN_RANGE);
}

TARGET INLINE uint64_t bits_of(bytes64 bytes, uint8_t bits) {
  return ~mask_bits(equal_bytes(and_bytes(bytes, all(bits)), 0));
}

TARGET INLINE __m256i spread_bits(uint32_t bits) {
  const __m256i order = _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2,
                                         2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
  const __m256i bit = _mm256_set1_epi64x((long long)0x8040201008040201u);
  __m256i bytes = _mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), order);
  return _mm256_cmpeq_epi8(_mm256_and_si256(bytes, bit), bit);
}

TARGET INLINE bytes64 select_bytes(uint64_t bits, bytes64 yes, bytes64 no) {
  return (bytes64){_mm256_blendv_epi8(no.low, yes.low, spread_bits((uint32_t)bits)),
                   _mm256_blendv_epi8(no.high, yes.high, spread_bits((uint32_t)(bits >> 32)))};
}

TARGET INLINE bytes64 moved_up(bytes64 bytes, int by) {
  __m256i middle = _mm256_permute2x128_si256(bytes.low, bytes.high, 0x21);
  __m256i below = _mm256_permute2x128_si256(bytes.low, bytes.low, 0x08);
  if (by == 1) {
    return (bytes64){_mm256_alignr_epi8(bytes.low, below, 15),
                     _mm256_alignr_epi8(bytes.high, middle, 15)};
  }
  return (bytes64){_mm256_alignr_epi8(bytes.low, below, 14),
                   _mm256_alignr_epi8(bytes.high, middle, 14)};
}

/// `row[byte & 0x3F]` of 32 bytes: four lookups of 16 values, from which bits 4 and 5 choose.
TARGET INLINE __m256i look_up_32(const uint8_t *row, __m256i bytes) {
  const __m128i *values = (const __m128i *)(const void *)row;
  __m256i place = _mm256_and_si256(bytes, _mm256_set1_epi8(0x0F));
  __m256i bit4 = _mm256_slli_epi16(bytes, 3), bit5 = _mm256_slli_epi16(bytes, 2);
#define QUARTER(i) \
  _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(values + (i))), place)
  __m256i lower = _mm256_blendv_epi8(QUARTER(0), QUARTER(1), bit4);
  __m256i upper = _mm256_blendv_epi8(QUARTER(2), QUARTER(3), bit4);
#undef QUARTER
  return _mm256_blendv_epi8(lower, upper, bit5);
}

TARGET INLINE bytes64 look_up(const uint8_t *row, bytes64 bytes) {
  return (bytes64){look_up_32(row, bytes.low), look_up_32(row, bytes.high)};
}

TARGET INLINE bytes64 look_up_pair(const uint8_t (*rows)[64], bytes64 bytes, bytes64 before) {
  bytes64 even = look_up(rows[0], bytes), odd = look_up(rows[1], bytes);
#define CHOOSE(half) \
  _mm256_blendv_epi8(even.half, odd.half, _mm256_slli_epi16(before.half, 7))
  return EACH(CHOOSE);
}

/// Of 16 bytes, stores those whose bit is set; `counts` are those of `reprise_counts_up_to`.
TARGET INLINE void compress_16(uint8_t *to, __m128i bytes, uint64_t keep, uint64_t counts,
                               int lane) {
  uint8_t first = (uint8_t)(keep >> 16 * lane), second = (uint8_t)(keep >> (16 * lane + 8));
  __m128i order = _mm_set_epi64x((long long)reprise_bit_places[1][second],
                                 (long long)reprise_bit_places[0][first]);
  __m128i kept = _mm_shuffle_epi8(bytes, order);
  size_t before = lane == 0 ? 0 : (uint8_t)(counts >> (16 * lane - 8));
  _mm_storel_epi64((__m128i *)(void *)(to + before), kept);
  _mm_storeh_pd((double *)(void *)(to + (uint8_t)(counts >> 16 * lane)), _mm_castsi128_pd(kept));
}

TARGET INLINE size_t compress(uint8_t *to, bytes64 bytes, uint64_t keep) {
  uint64_t counts = reprise_counts_up_to(keep);
  compress_16(to, _mm256_castsi256_si128(bytes.low), keep, counts, 0);
  compress_16(to, _mm256_extracti128_si256(bytes.low, 1), keep, counts, 1);
  compress_16(to, _mm256_castsi256_si128(bytes.high), keep, counts, 2);
  compress_16(to, _mm256_extracti128_si256(bytes.high, 1), keep, counts, 3);
  return counts >> 56;
}

TARGET INLINE size_t store_indices(uint32_t *to, uint64_t bits, size_t base) {
  uint64_t counts = reprise_counts_up_to(bits);
  __m256i from = _mm256_set1_epi32((int)(uint32_t)base);
  size_t before = 0;
  for (int i = 0; i < 8; i++) {
    const uint64_t *places = &reprise_bit_places[0][(uint8_t)(bits >> 8 * i)];
    __m256i indices = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)places));
    _mm256_storeu_si256((__m256i *)(void *)(to + before), _mm256_add_epi32(indices, from));
    from = _mm256_add_epi32(from, _mm256_set1_epi32(8));
    before = (uint8_t)(counts >> 8 * i);
  }
  return before;
}

/// Where tokens begin in the output: `pext` removes from a mask of their first bytes what is removed
/// from the bytes.
typedef struct {
  uint32_t *starts;
  size_t count;
} token_starts;

TARGET INLINE token_starts open_starts(const reprise_token_stream *stream) {
  return (token_starts){stream->starts, stream->count};
}

TARGET INLINE void add_starts(token_starts *now, uint64_t begin, uint64_t keep, size_t length,
                              size_t written) {
  (void)written;
  now->count += store_indices(now->starts + now->count, _pext_u64(begin, keep), length);
}

TARGET INLINE size_t close_starts(token_starts *now, size_t length, int is_open) {
  (void)length, (void)is_open;
  return now->count;
}

TARGET INLINE bytes64 spaced_half(bytes64 bytes, int half) {
  __m256i from = half == 0 ? bytes.low : bytes.high, space = _mm256_set1_epi8(' ');
  __m256i even = _mm256_unpacklo_epi8(from, space), odd = _mm256_unpackhi_epi8(from, space);
  return (bytes64){_mm256_permute2x128_si256(even, odd, 0x20),
                   _mm256_permute2x128_si256(even, odd, 0x31)};
}

TARGET INLINE uint64_t interleaved(uint32_t even, uint32_t odd) {
  const uint64_t places = 0x5555555555555555u;
  return _pdep_u64(even, places) | _pdep_u64(odd, ~places);
}

#endif
