// What Swift needs of reprise.h: the types, because it defines the functions itself.
#pragma once
#define REPRISE_IN_SWIFT
#include "reprise.h"
