/*
 * multipart.h - reads a form with files, multipart/form-data (RFC 7578; boundaries and header fields: RFC 2046, RFC 2183).
 *
 * Values are held to the same rules as those of any form (url.h); the bytes of a file are anything, and stay where they are in the
 * body.  A file's name is text for people only.  A file input in which nothing was chosen gives no file; a file of no bytes
 * gives one.  Every body that is not well formed is refused with a sentence, one that was cut off among them.
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "web/request.h"

enum {
    PARTS_MAX     = 512,            /* of one form                                                */
    PART_NAME_MAX = 1 << 10,        /* bytes of a field's or a file's name                        */
    PART_HEAD_MAX = 8 << 10,        /* bytes of the header of a part                              */
};

struct multipart {
    struct params     params;
    struct part_file *files;
    size_t            files_n;
};

/* ERR_INVALID, or ERR_TOO_BIG over a limit (a file: UPLOAD_MAX, a value: BODY_MAX). */
enum err multipart_read(struct arena *a, Str content_type, Str body, struct multipart *out, Message *why) MUST_USE;

#endif
