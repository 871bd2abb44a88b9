#ifndef REPRISE_XXH3_H
#define REPRISE_XXH3_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

// XXH3 of any number of bytes, with seed 0. All instruction sets give the same numbers.

uint64_t reprise_xxh3_64(const void *bytes, size_t count, reprise_instruction_set set);

typedef struct {
  uint64_t low;
  uint64_t high;
} reprise_hash128;

reprise_hash128 reprise_xxh3_128(const void *bytes, size_t count, reprise_instruction_set set);

#endif
