// System calls of Linux that POSIX does not have. Other systems get a substitute, nothing, or an
// error that callers expect.

#define _GNU_SOURCE
#include "file_system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int reprise_rename(int folder, const char *name, int other, const char *new_name,
                   enum reprise_rename_rule rule) {
#if defined(__linux__) && defined(RENAME_EXCHANGE) && defined(RENAME_NOREPLACE)
  unsigned int flags = rule == REPRISE_RENAME_EXCHANGE ? RENAME_EXCHANGE : RENAME_NOREPLACE;
  return renameat2(folder, name, other, new_name, flags) == 0 ? 0 : errno;
#else
  (void)folder;
  (void)name;
  (void)other;
  (void)new_name;
  (void)rule;
  return ENOSYS;
#endif
}

int reprise_synchronize_file_system(int descriptor) {
#if defined(__linux__)
  return syncfs(descriptor) == 0 ? 0 : errno;
#else
  (void)descriptor;
  sync();
  return 0;
#endif
}

void reprise_begin_writing(int descriptor, long long offset, long long count) {
#if defined(__linux__)
  (void)sync_file_range(descriptor, offset, count, SYNC_FILE_RANGE_WRITE);
#else
  (void)descriptor;
  (void)offset;
  (void)count;
#endif
}

int reprise_open_unnamed(const char *folder) {
#if defined(__linux__) && defined(O_TMPFILE)
  return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
#else
  (void)folder;
  errno = EOPNOTSUPP;
  return -1;
#endif
}
