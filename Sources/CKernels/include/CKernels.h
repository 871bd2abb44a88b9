#ifndef REPRISE_CKERNELS_H
#define REPRISE_CKERNELS_H

#include "alignment.h"
#include "divided_words.h"
#include "file_system.h"
#include "instruction_set.h"
#include "json_string.h"
#include "key_groups.h"
#include "line_facts.h"
#include "memory.h"
#include "processor.h"
#include "seeds.h"
#include "sentences.h"
#include "shingle_set.h"
#include "shingles.h"
#include "signature.h"
#include "text.h"
#include "token_numbers.h"
#include "unicode_compatibility.h"
#include "unicode_tables.h"
#include "winnowing.h"
#include "xxh3.h"

#endif
