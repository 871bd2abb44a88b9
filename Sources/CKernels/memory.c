// What the allocator of glibc can do, and those of other systems cannot.

#include "memory.h"

#include <stdlib.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

void reprise_return_freed_memory(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}
