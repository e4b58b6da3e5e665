/* parallel.h - it is base/parallel.h: the readers of files need it too. */
#include "base/parallel.h"
