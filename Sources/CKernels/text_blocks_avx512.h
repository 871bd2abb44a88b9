// Blocks of text for the AVX-512 tokenizers: loading 64 bytes, and writing the indices of set bits.
//
// A block begins with a scalar and ends after one. `load_block` reads up to 64 bytes with a masked
// load, which does not touch the bytes after the text, and leaves an incomplete last scalar for the
// next block. `store_indices` writes whole vectors, so its buffers need space for 16 or 32 entries.

#ifndef REPRISE_TEXT_BLOCKS_AVX512_H
#define REPRISE_TEXT_BLOCKS_AVX512_H

#include <immintrin.h>

#include "text_stream.h"

#define TARGET                                                                              \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,avx2,bmi," \
                        "bmi2,popcnt,lzcnt")))
#define INLINE static inline __attribute__((always_inline))

/// The index of each byte in a block.
TARGET INLINE __m512i places(void) {
  return _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
      40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
      17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
}

/// The bytes >= 0x80 that do not begin a scalar, as long as the text is well-formed.
TARGET INLINE __mmask64 tails_of(__m512i block) {
  return _mm512_cmplt_epi8_mask(block, _mm512_set1_epi8((char)0xC0));
}

/// The bytes from `first` to `last`, inclusive.
TARGET INLINE __mmask64 is_from(__m512i bytes, uint8_t first, uint8_t last) {
  __m512i distance = _mm512_sub_epi8(bytes, _mm512_set1_epi8((char)first));
  return _mm512_cmplt_epu8_mask(distance, _mm512_set1_epi8((char)(last - first + 1)));
}

/// Up to 64 bytes of the text that begin with a scalar. `step` is the number of bytes to process,
/// and `valid` has their bits set.
typedef struct {
  __m512i bytes;
  uint64_t valid;
  size_t step;
} text_block;

TARGET INLINE void take(text_block *block, size_t step) {
  block->step = step;
  block->valid = _bzhi_u64(~0ull, (unsigned)step);
}

/// Loads a block. `is_hot` is for loops in which blocks seldom end within a scalar: the check for
/// that is then not inlined.
TARGET INLINE text_block load_block(const uint8_t *text, size_t at, size_t end, int is_hot) {
  size_t left = end - at;
  text_block block;
  take(&block, left < 64 ? left : 64);
  block.bytes = _mm512_maskz_loadu_epi8(block.valid, text + at);
  if (left > 64 && text[at + 64] >= 0x80) {
    // The block ends within a scalar, or a mark that follows may still change the last scalar, so
    // that scalar is left for the next block. A scalar that is not known is found later, together
    // with the one that it may change.
    size_t last = 63 - _lzcnt_u64(~(uint64_t)tails_of(block.bytes) | 1);
    if (text[at + last] < 0x80 || (is_hot ? reprise_is_known_cold(text, at + last, end)
                                          : reprise_is_known(text, at + last, end))) {
      take(&block, last);
    }
  }
  return block;
}

/// Shortens a block so that it ends before the last scalar that precedes the first unknown one,
/// which may change it.
TARGET INLINE void cut_before(text_block *block, uint64_t unknown) {
  uint64_t scalars = ~(uint64_t)tails_of(block->bytes);
  uint64_t before = _bzhi_u64(scalars, (unsigned)_tzcnt_u64(unknown));
  take(block, 63 - _lzcnt_u64(before | 1));
}

/// Writes `base` + the index of each set bit, ascending. Writes one vector of 16 entries, or two if
/// `count`, the number of set bits, is above 16; it must be at most 32.
TARGET INLINE void store_indices(uint32_t *to, uint64_t bits, size_t count, size_t base) {
  __m512i packed = _mm512_maskz_compress_epi8(bits, places());
  __m512i from = _mm512_set1_epi32((int)(uint32_t)base);
  __m512i first = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed));
  _mm512_storeu_si512(to, _mm512_add_epi32(first, from));
  if (count > 16) {
    __m512i second = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 1));
    _mm512_storeu_si512(to + 16, _mm512_add_epi32(second, from));
  }
}

#endif
