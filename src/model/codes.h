/*
 * codes.h - code lists: wards, industries, standards ...  Codes are reused from one version of a list to the next (ward 00004
 * was Trúc Bạch until 30 June 2025 and is Ba Đình since), so a code always names its version: "2025/00004".
 *
 * Lists are data: two entities hold them (code_list, code), `matxich init` fills them from data/lists, an administrator may
 * change them; so are settings.  The program works from a copy in memory, a snapshot taken when it opens the database.
 */
#ifndef MODEL_CODES_H
#define MODEL_CODES_H

#include "base/date.h"
#include "base/map.h"
#include "store/db.h"

struct work;
struct model;
struct entity;
struct record;
extern const struct entity code_list_entity, code_entity, setting_entity;

struct code {
    Str         list;                       /* "ward"                                             */
    Str         key;                        /* "2025/00004": what is stored                       */
    Str         version, code, parent;      /* "2025", "00004", "01"                              */
    Str         name[LANGS];                /* the English falls back to the Vietnamese           */
    Str         shortened;                  /* "P. Ba Đình"                                       */
    Str         merged_into;                /* codes of the successor version, ';' between        */
    Str         extra;                      /* "area_ha=274;kind=park"                            */
    Str         source;
    struct date from, to;                   /* year 0: open                                       */
};

struct codes;

enum err codes_load(struct work *w, struct arena *keep, const struct codes **out) MUST_USE;

/* By key "2025/00004", or by bare code in the version valid today. */
const struct code *code_find(const struct codes *c, Str list, Str key);
const struct code *code_parent(const struct codes *c, const struct code *k);     /* in its own list; NULL: none */
/*
 * By what people write: key, code, either name or the short one, without regard to case, accents, punctuation or kind
 * ("P.Ba Dinh", "xã Sóc Sơn").  Accents decide between namesakes.  A name of an older version gives its successor
 * where that is one.  NULL: none, or several; then *several (may be NULL) says how many.
 */
const struct code *code_match(const struct codes *c, struct arena *a, Str list, Str text, size_t *several);
/* The codes of the version valid today, in the order of the list; n items. */
const struct code *const *codes_of(const struct codes *c, Str list, size_t *n);
Str                code_extra(const struct code *k, Str name);      /* empty: not said            */
/* Of a unit, after a number: "piece" after one, else "pieces", its short form where that is its name in the plural. */
Str                code_counted(const struct code *k, enum lang l, bool one);
Str                code_short(const struct code *k, enum lang l);   /* "KCN Thăng Long"; the name where none is given */
/* Rules that an officer may change without a new program: name and value.  Empty: not set. */
Str                setting_value(const struct codes *c, Str name);

/* Inside work_write.  Fills all three from the data built into the program: lists.csv, lists/NAME.csv, settings.csv; later, after an upgrade, what
 * versions of lists and settings the program has since then.  Those that are there stay as they are. */
enum err codes_init(struct work *w) MUST_USE;
/*
 * Inside work_write.  Records from a CSV built into the program whose columns are fields of the entity; `named` goes into the first field
 * where the file does not say it.  Rows whose value of the UNIQUE field `known` is there already are left out; -1: none are.
 */
enum err embedded_load(struct work *w, Str file, const struct entity *e, Str named, int known) MUST_USE;
/*
 * The same of what comes once, by its code in the UNIQUE field: with the first start, or with the upgrade that brings it.  What people changed or deleted since
 * stays so.
 */
enum err embedded_add(struct work *w, Str file, const struct entity *e, int code) MUST_USE;
/* Whether all of this file came before; if not, it is to come now. */
enum err embedded_read(struct work *w, Str file, bool *read) MUST_USE;
/* Of one record of it: whether it came before or is there. */
enum err embedded_came(struct work *w, const struct record *r, int code, bool *came) MUST_USE;

#endif
