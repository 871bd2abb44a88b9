// Finds the widest instruction set of the processor. AVX-512 means all the extensions that the
// kernels use together; a processor with only some of them uses AVX2.

#include "instruction_set.h"

#include <stdlib.h>
#include <string.h>

static reprise_instruction_set detect(void) {
  reprise_instruction_set best = REPRISE_PLAIN;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
      __builtin_cpu_supports("bmi")) {
    best = REPRISE_AVX2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512ifma") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("avx512vbmi2")) {
      best = REPRISE_AVX512;
    }
  }
#elif defined(__aarch64__)
  // Every 64-bit Arm processor has NEON.
  best = REPRISE_NEON;
#endif
  const char *limit = getenv("REPRISE_INSTRUCTION_SET");
  if (limit != NULL) {
    if (strcmp(limit, "plain") == 0) best = REPRISE_PLAIN;
    if (strcmp(limit, "avx2") == 0 && best > REPRISE_AVX2) best = REPRISE_AVX2;
  }
  return best;
}

reprise_instruction_set reprise_best_instruction_set(void) {
  static _Atomic int known = -1;
  int value = known;
  if (value < 0) {
    value = (int)detect();
    known = value;
  }
  return (reprise_instruction_set)value;
}
