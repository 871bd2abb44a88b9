#ifndef REPRISE_SIGNATURE_H
#define REPRISE_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// The bucket round of fast similarity sketching: the slot of an id is its top log2(k) bits, its
/// value is its low 32 bits >> 1, and a slot keeps the minimum. `slots` has `1 << log2_k` values,
/// 0xFFFFFFFF where no id fell yet; those stay.
void reprise_signature_buckets(const uint64_t *ids, size_t count, uint32_t *slots,
                               unsigned log2_k);

/// Fills every slot that is 0xFFFFFFFF: with hi and lo the halves of an id and i the slot, v = (hi
/// ^ ((i + 1) * 0x9E3779B1)) * (lo | 1), f = the minimum over all ids of v ^ (v >> 15), and the
/// slot becomes 0x80000000 | (f >> 1). `count` is at least 1; `k` is a multiple of 64, at most
/// 1024.
void reprise_signature_fill(const uint64_t *ids, size_t count, uint32_t *slots, size_t k,
                            reprise_instruction_set set);

/// Classical MinHash with `k` affine functions: slot i becomes the minimum of its value and of a[i]
/// * x + b[i] mod 2^32 over the low 32 bits x of all ids.
void reprise_minhash_affine32(const uint64_t *ids, size_t count, const uint32_t *a,
                              const uint32_t *b, uint32_t *slots, size_t k,
                              reprise_instruction_set set);

/// Band keys: the XXH3-64 (seed 0) of the scheme's number, the band's number and the band's slots,
/// each as 32 bits little-endian. `slots` has at least `bands * rows` values, `rows` is at most
/// 1024, and `keys` must have `bands` entries.
void reprise_band_keys(const uint32_t *slots, size_t bands, size_t rows, uint32_t scheme,
                       uint64_t *keys);

/// The low bit of every slot: bit i of the result is bit 0 of slot i. `k` is a multiple of 64, and
/// `words` must have `k / 64` entries.
void reprise_signature_low_bits(const uint32_t *slots, size_t k, uint64_t *words,
                                reprise_instruction_set set);

#endif
