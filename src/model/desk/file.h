/*
 * file.h - files people upload, stored by what is in them: the name on disk is the SHA-256 of the bytes, in the folder --files
 * (beside the database if not said).  No byte of a name, and no name from outside, reaches a path.  What has been stored stays:
 * a record of before still finds its file.
 *
 * The kind is told by the first bytes, never by the name: PDF, PNG, JPEG, WebP, DOCX/XLSX (opened within the limits of
 * format/package.h), DWG, DXF, STEP, plain text.  Anything else is refused, an executable whatever it is called; and so is a file whose
 * name says one kind while its bytes are of another: whoever opens it later would not get what it is said to be.
 *
 * A field of file_type holds "HASH name.ext"; struct upload reads it.
 */
#ifndef MODEL_DESK_FILE_H
#define MODEL_DESK_FILE_H

#include "model/record.h"

#include <stdio.h>

enum { UPLOAD_MAX = 32 << 20 };             /* bytes of one file                                  */

struct file_kind { const char *extension, *media_type, *label, *also; };     /* also: other extensions it may have, '|' between */
/* NULL, with *why: empty, too large, not one of the kinds. */
const struct file_kind *file_sniff(struct arena *a, Str bytes, Message *why);

/* What is wrong with a name whose ending says another kind than this one; an ending that names no kind of file says nothing. */
Message file_name_wrong(const struct work *w, Str name, const struct file_kind *kind);

struct upload { Str hash, name; };          /* name: for people, cleaned: no path, no control characters, at most 120 bytes */
bool upload_read(Str field, struct upload *out);            /* false: not such a text              */
Str  upload_text(struct arena *a, struct upload u);

/*
 * What is wrong with a field that held `was` (empty: nothing) being given `now` from outside: who only knows the hash of another's
 * file must not get at it by naming it.  It is a file that the actor has stored, or the one of before.
 */
Message  file_wrong(struct work *w, Str was, Str now);

/* The stored file as the actor last named it; ERR_MISSING: the actor has not stored it. */
enum err file_mine(struct work *w, Str hash, struct upload *out) MUST_USE;

/* Stores the bytes if they are of a kind, and of the one that the name says: written, synced, then named, so that a name is always whole.  Inside a write (its row says who and when). */
enum err file_store(struct work *w, Str folder, Str name, Str bytes, struct upload *out, Message *why) MUST_USE;
/* ERR_MISSING.  The caller closes it. */
enum err file_open_stored(struct work *w, Str folder, Str hash, FILE **out, const struct file_kind **kind, int64_t *size) MUST_USE;
enum err file_map_stored(struct work *w, Str folder, Str hash, Str *bytes) MUST_USE;        /* file_unmap() ends it */

/*
 * The files that stand, or stood at some time, in fields of the record that the actor may see; those of now first, then newest first,
 * each once.  Who may see the record may read just these.
 */
struct record_file {
    struct upload       file;
    const struct field *list, *f;           /* list: the field that holds the child; NULL: the record's own */
    Str                 of;                 /* the child's title, or empty                        */
    int64_t             since;              /* microseconds UTC                                   */
    bool                now;
};
struct record_files { struct record_file *p; size_t n, cap; };
enum err record_files(struct work *w, const struct record *r, struct record_files *out) MUST_USE;

#endif
