/* base.h - what nearly every file needs from the ground floor. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "base/translation.h"

#endif
