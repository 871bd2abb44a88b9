#ifndef REPRISE_SIGNATURE_H
#define REPRISE_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// The bucket round of fast similarity sketching: slot = the id's top log2(k) bits, value = its low
/// 32 bits >> 1, minimum per slot. `slots` holds `1 << log2_k` values, 0xFFFFFFFF where no shingle
/// fell yet, and keeps it there.
void reprise_signature_buckets(const uint64_t *ids, size_t count, uint32_t *slots,
                               unsigned log2_k);

/// Fills every slot that is 0xFFFFFFFF: with hi and lo the halves of an id and i the slot,
/// v = (hi ^ ((i + 1) * 0x9E3779B1)) * (lo | 1), f = the minimum over all ids of v ^ (v >> 15),
/// and the slot becomes 0x80000000 | (f >> 1). `count` is at least 1, `k` at most 1024.
void reprise_signature_fill(const uint64_t *ids, size_t count, uint32_t *slots, size_t k,
                            reprise_instruction_set set);

/// Classical MinHash with `k` affine functions: slot i = min of a[i] * x + b[i] mod 2^32 over the
/// ids' low 32 bits x. `slots` keeps smaller values that are there.
void reprise_minhash_affine32(const uint64_t *ids, size_t count, const uint32_t *a,
                              const uint32_t *b, uint32_t *slots, size_t k,
                              reprise_instruction_set set);

/// Band keys: XXH3-64 (seed 0) over the scheme's number, the band's number and its slots, each as 32
/// bits little-endian. `slots` holds at least `bands * rows` values, `rows` is at most 1024; `keys`
/// has room for `bands`.
void reprise_band_keys(const uint32_t *slots, size_t bands, size_t rows, uint32_t scheme,
                       uint64_t *keys);

/// The low bit of every slot: bit i of the result is bit 0 of slot i. `k` is a multiple of 64,
/// `words` has room for `k / 64`.
void reprise_signature_low_bits(const uint32_t *slots, size_t k, uint64_t *words,
                                reprise_instruction_set set);

#endif
