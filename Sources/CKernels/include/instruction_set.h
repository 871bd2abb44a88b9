#ifndef REPRISE_INSTRUCTION_SET_H
#define REPRISE_INSTRUCTION_SET_H

/// The widest instruction set that a kernel may use. Every kernel gives the same bytes on all of
/// them; the plain one is portable C.
typedef enum {
  REPRISE_PLAIN = 0,
  REPRISE_AVX2 = 1,
  REPRISE_AVX512 = 2,
} reprise_instruction_set;

/// The widest set this machine has, or less if the environment variable
/// REPRISE_INSTRUCTION_SET says `plain` or `avx2`. Found once, then read.
reprise_instruction_set reprise_best_instruction_set(void);

#endif
