/* memory.h - how much memory this process can still have, so that what takes too much is refused before it starts. */
#ifndef HOST_MEMORY_H
#define HOST_MEMORY_H

#include <stddef.h>

/* Bytes: the least of what the machine has to give (MemAvailable), the limit of the address space (RLIMIT_AS) and the control groups, v1
 * and v2, that the process is in; what they hold of files counts as free.  SIZE_MAX: nothing is known. */
size_t memory_available(void);

#endif
