/* loopback.h - is a server on this machine?  There, and only there, is it asked without TLS. */
#ifndef HOST_LOOPBACK_H
#define HOST_LOOPBACK_H

#include "base/text.h"

bool is_loopback(Str url);                  /* its host is localhost, 127.x.x.x or ::1            */

#endif
