// Seeds in plain C on every instruction set. seeds.h says what callers must guarantee.

#include "seeds.h"

static inline uint64_t fold(uint64_t hash, uint64_t number) {
  __uint128_t product = (__uint128_t)(hash ^ 0xa0761d6478bd642fu) * (number ^ 0xe7037ed1a0b428dbu);
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

size_t reprise_seed_hashes(const uint64_t *tokens, size_t count, const uint32_t *sums,
                           uint64_t *hashes) {
  if (!sums) {
    for (size_t i = 0; i + 3 <= count; i++) {
      hashes[i] = fold(fold(tokens[i], tokens[i + 1]), tokens[i + 2]);
    }
    return count < 3 ? 0 : count - 2;
  }
  for (size_t i = 0; i < count; i++) {
    if (sums[count] - sums[i] < REPRISE_SEED_WEIGHT) return i;
    uint64_t hash = tokens[i];
    for (size_t j = i + 1; sums[j] - sums[i] < REPRISE_SEED_WEIGHT; j++) {
      hash = fold(hash, tokens[j]);
    }
    hashes[i] = hash;
  }
  return count;
}

void reprise_seed_count(const uint64_t *hashes, size_t count, unsigned bits, uint64_t first,
                        uint64_t size, uint8_t *counters) {
  for (size_t i = 0; i < count; i++) {
    // The counters of a large corpus are in no cache.
    if (i + 16 < count) {
      uint64_t next = (hashes[i + 16] >> (64 - bits)) - first;
      if (next < size) __builtin_prefetch(counters + next, 1);
    }
    uint64_t number = (hashes[i] >> (64 - bits)) - first;
    if (number >= size) continue;
    uint8_t known = __atomic_load_n(counters + number, __ATOMIC_RELAXED);
    while (known < 255 && !__atomic_compare_exchange_n(counters + number, &known, known + 1, 1,
                                                       __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
    }
  }
}

void reprise_seed_counts(const uint64_t *hashes, size_t count, unsigned bits, uint64_t first,
                         uint64_t size, const uint8_t *counters, uint8_t *counts) {
  for (size_t i = 0; i < count; i++) {
    if (i + 24 < count) {
      uint64_t next = (hashes[i + 24] >> (64 - bits)) - first;
      if (next < size) __builtin_prefetch(counters + next);
    }
    uint64_t number = (hashes[i] >> (64 - bits)) - first;
    counts[i] = number < size ? counters[number] : 0;
  }
}
