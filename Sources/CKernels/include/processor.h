#ifndef REPRISE_PROCESSOR_H
#define REPRISE_PROCESSOR_H

/// The number of cores that this process may run on, at least 1.
int reprise_available_cores(void);

#endif
