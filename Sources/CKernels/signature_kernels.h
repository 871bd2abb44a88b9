#ifndef REPRISE_SIGNATURE_KERNELS_H
#define REPRISE_SIGNATURE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Computes the minima of the fill function for the first slots of `factors`: as many as the kernel
/// holds in registers, at most `slots`. Returns their number. `factors` and `minima` must have 64
/// entries, because whole vectors are read and written.
typedef size_t reprise_fill_block(const uint64_t *ids, size_t count, const uint32_t *factors,
                                  size_t slots, uint32_t *minima);
reprise_fill_block reprise_fill_block_plain;
#if defined(__aarch64__)
reprise_fill_block reprise_fill_block_neon;
#endif

/// The factor of slot 0 in the fill function; that of slot i is i + 1 times it.
#define REPRISE_FILL_FACTOR 0x9E3779B1u

#if defined(__x86_64__)
/// See `reprise_signature_fill`.
void reprise_signature_fill_avx2(const uint64_t *ids, size_t count, uint32_t *slots, size_t k);
void reprise_signature_fill_avx512(const uint64_t *ids, size_t count, uint32_t *slots, size_t k);
#endif

/// See `reprise_signature_low_bits`.
typedef void reprise_low_bits(const uint32_t *slots, size_t k, uint64_t *words);
reprise_low_bits reprise_low_bits_plain;
#if defined(__x86_64__)
reprise_low_bits reprise_low_bits_avx2;
reprise_low_bits reprise_low_bits_avx512;
#endif

#endif
