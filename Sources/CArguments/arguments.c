#include "carguments.h"

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

static const char *const *argument_vector = NULL;

#ifdef __GLIBC__
// glibc calls constructors with the arguments of `main`. Swift's CommandLine reads
// /proc/self/cmdline instead, which is missing in a container or chroot without /proc, and all
// arguments with it.
__attribute__((constructor)) static void keep_arguments(int count, char **arguments) {
  (void)count;
  argument_vector = (const char *const *)arguments;
}
#endif

const char *const *reprise_argument_vector(void) { return argument_vector; }

char *const *reprise_environment(void) { return environ; }
