#ifndef REPRISE_CKERNELS_H
#define REPRISE_CKERNELS_H

#include "instruction_set.h"
#include "json_string.h"

#endif
