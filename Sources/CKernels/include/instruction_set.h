#ifndef REPRISE_INSTRUCTION_SET_H
#define REPRISE_INSTRUCTION_SET_H

/// The widest instruction set that a kernel may use. Every kernel gives the same bytes with all of
/// them; the plain one is portable C.
typedef enum {
  REPRISE_PLAIN = 0,
  REPRISE_AVX2 = 1,
  REPRISE_AVX512 = 2,
  REPRISE_NEON = 3,
} reprise_instruction_set;

/// The widest set of this machine, or a narrower one if the environment variable
/// REPRISE_INSTRUCTION_SET is `plain` or `avx2`. Detected once.
reprise_instruction_set reprise_best_instruction_set(void);

#endif
