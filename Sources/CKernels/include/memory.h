#ifndef REPRISE_MEMORY_H
#define REPRISE_MEMORY_H

/// Returns memory that was freed to the system. Does nothing if the allocator cannot do it.
void reprise_return_freed_memory(void);

#endif
