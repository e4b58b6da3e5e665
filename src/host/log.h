/*
 * log.h - one line for each event, as logfmt: time=... level=info event=request path="/a" status=200.  A value
 * is quoted and its control characters, quotes and backslashes escaped, so that no request can forge a line.  A
 * line is one write().
 */
#ifndef HOST_LOG_H
#define HOST_LOG_H

#include "base/text.h"

enum log_level { LOG_ERROR, LOG_INFO, LOG_DEBUG };

struct log_fact { const char *key; Str text; int64_t number; bool is_number; };
#define F_TEXT(key_, s_)   ((struct log_fact){ .key = key_, .text = s_ })
#define F_NUMBER(key_, v_) ((struct log_fact){ .key = key_, .number = (int64_t)(v_), .is_number = true })

enum err log_open(Str path, enum log_level most) MUST_USE;  /* "-": standard error; ERR_BROKEN   */
bool     log_wants(enum log_level level);
void     log_facts(enum log_level level, const char *event, const struct log_fact *f, size_t n);
#define LOG(level, event, ...)                                                                  \
    log_facts(level, event, (const struct log_fact[]){ __VA_ARGS__ },                               \
              COUNT(((const struct log_fact[]){ __VA_ARGS__ })))

#endif
