#define _GNU_SOURCE
#include "exchange_paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

int reprise_exchange_paths(const char *one, const char *other) {
#if defined(__linux__) && defined(RENAME_EXCHANGE)
  return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0 ? 0 : errno;
#else
  (void)one;
  (void)other;
  return ENOSYS;
#endif
}
