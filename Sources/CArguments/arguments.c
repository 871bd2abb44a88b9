#include "carguments.h"

#include <stddef.h>
#include <stdlib.h>

static const char *const *argument_vector = NULL;

#ifdef __GLIBC__
// glibc calls constructors as it calls main. Swift's CommandLine reads /proc/self/cmdline instead,
// which is not there in a container or chroot without /proc: every argument would be lost.
__attribute__((constructor)) static void keep_arguments(int count, char **arguments) {
  (void)count;
  argument_vector = (const char *const *)arguments;
}
#endif

const char *const *reprise_argument_vector(void) { return argument_vector; }
