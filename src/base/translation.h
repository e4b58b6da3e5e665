/*
 * translation.h - two languages everywhere.  Sentences are written in English in the source, marked N_(),
 * and translated on output from po/vi.po, which is compiled to a .mo and built into the binary.  (glibc's
 * gettext has one language per process; a server needs one per request.)
 *
 * A Message is a sentence with up to three facts: {1} {2} {3} in the sentence stand for them.
 */
#ifndef BASE_TRANSLATION_H
#define BASE_TRANSLATION_H

#include "base/text.h"

enum lang { VI, EN, LANGS };

#define N_(text) text                                       /* marks for xgettext                */

typedef struct {
    const char *id;                                         /* NULL: nothing to say              */
    Str         fact[3];
} Message;
#define MSG(...) MSG_(__VA_ARGS__, { 0 }, { 0 }, { 0 }, unused)        /* MSG(id) to MSG(id, one, two, three) */
#define MSG_(id_, one, two, three, ...) ((Message){ .id = id_, .fact = { one, two, three } })
#define NO_MESSAGE    ((Message){ 0 })

/* Reads a .mo; borrows the bytes for ever.  ERR_INVALID if it is not one (sorted tables, in bounds). */
enum err    translation_load(enum lang l, Str mo) MUST_USE;
Str         tr(enum lang l, const char *id);                /* itself where there is none        */
void        put_message(struct buf *b, enum lang l, Message m);
Str         message_str(struct arena *a, enum lang l, Message m);
Message     message_brief(struct arena *a, Message m);      /* its facts cut to what a sentence can quote */
Message     message_dup(struct arena *a, Message m);        /* its facts copied: may outlive where they came from */

const char *lang_code(enum lang l);                         /* "vi", "en"                        */
bool        lang_from(Str code, enum lang *out);

#endif
