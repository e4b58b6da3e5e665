/* importing.h - the inside of import, for the files of this folder alone. */
#ifndef MODEL_IMPORTING_H
#define MODEL_IMPORTING_H

#include "base/map.h"
#include "base/unicode.h"
#include "format/sheet.h"
#include "format/xlsx_write.h"
#include "model/check.h"
#include "model/import/import.h"

enum { IMPORT_COLUMNS = 512, IMPORT_HEAD = 60 };            /* columns looked at; rows searched for a header */

/* ---- map.c: what a heading means -------------------------------------------------------- */

enum target_kind { TARGET_NONE, TARGET_FIELD, TARGET_NUMBER, TARGET_ORDINAL, TARGET_IGNORED };

struct target {
    enum target_kind kind;
    int              field, child;          /* of the entity (ignored: -1, or what the program works out); of its children, or -1 */
    int64_t          year;                  /* children told apart by a year: which; 0: not said  */
    bool             assumed;
    int              group;                 /* "Sản phẩm 1", "Sản phẩm 2": 0, 1 ...               */
    double           scale;
    Val              unit;                  /* for a field with unit_by: what the heading says    */
};

struct headings;                            /* every heading the entity answers to                */
struct headings *headings_make(struct work *w, const struct entity *e);
/* --map: ERR_INVALID and the line. */
enum err headings_read(struct headings *h, struct arena *a, Str mapping, Message *why) MUST_USE;
/* parent: the heading over it in the row above, or empty.  near: also what is spelt a little otherwise. */
struct target heading_target(const struct headings *h, struct arena *a, Str parent, Str heading, bool near);

size_t edit_distance(Str a, Str b);         /* Levenshtein, of the first 80 bytes             */
bool by_year(const struct entity *e);       /* whose KEY is a year                                */
bool may_be_target(Roles roles, const struct field *f);     /* whether a column may hold it       */

/* ---- header.c: where the header is ------------------------------------------------------- */

struct head_row { int number; Str *text; int n; };          /* text[column - 1], cleaned           */

struct column { Str heading; struct target target; };
struct header {
    int            row, last_row;
    struct column *columns;                 /* by column number - 1                               */
    int            n;
    enum spelling  spelling;
};

/* ERR_MISSING: none of the rows is a header of such records. */
enum err header_find(struct work *w, const struct entity *e, const struct headings *h, const struct head_row *rows, size_t n,
                     struct header *out, struct import_report *report, Message *why) MUST_USE;
Str column_letter(struct arena *a, int column);             /* 1 is "A"                           */

/* ---- the state of one import -------------------------------------------------------------------- */

struct matcher;
struct rejects;

struct importing {
    struct work                 *w;
    const struct entity         *e;
    const struct import_options *o;
    struct import_report        *report;
    struct sheet_reader         *in;
    size_t                       sheet;
    struct header                header;
    enum legacy                  legacy;
    struct arena                *keep;      /* as long as one attempt of the transaction          */
    struct matcher              *matcher;
    struct rejects              *rejects;
    struct map                   codes;     /* "ward|P. Láng" -> meanings[]                       */
    struct { Val *p; size_t n, cap; } meanings;
    Message                     *why;
    bool                         stopped;   /* by o->progress                                     */
};

Str  import_clean(struct arena *a, enum legacy legacy, Str raw);   /* Unicode, NFC, trimmed        */
void import_problem(struct importing *in, int64_t row, int column, Message what, bool rejected);

/* ---- row.c: a row becomes a record -------------------------------------------------------- */

struct value { Str text; const struct cell *cell; };        /* text cleaned; empty: nothing        */

struct problem_at { int column; Message what; };            /* column 0: the row as a whole        */
struct row {
    int               number;
    struct value     *value;                /* by column number - 1, header.n of them             */
    struct record    *r;                    /* what the row says; null where it says nothing      */
    int64_t           record;               /* the record it names by its number; 0: none         */
    struct { struct problem_at *p; size_t n, cap; } problems, remarks;
};

/* ---- unit.c: units of fields with unit_by ------------------------------------------------- */

struct unit { Val code; double scale; };    /* of the list of the field unit_by; so many of it    */
/* Sets unit and scale of the columns whose headings name one; a note where the list does not know it. */
void units_of_headings(struct work *w, const struct entity *e, struct header *h, struct import_report *report);
/* The unit behind a number in the cell, taken off *v; null: none.  A message: the list does not know it. */
Message unit_of_cell(struct work *w, const struct entity *e, const struct field *f, struct value *v, struct unit *out);

enum row_kind { ROW_DATA, ROW_LEFT_OUT };
enum row_kind row_kind(const struct importing *in, const struct row *row);
enum err row_read(struct importing *in, struct row *row) MUST_USE;
void row_settle_lists(struct importing *in, struct row *row, const struct record *was);
/* Of a row about a record merged into `was`: no more than `was` lacks, as merging itself does. */
void row_keep_lacking(struct arena *a, struct record *row, const struct record *was);
/* What the record is after the row: `was` (NULL: new) with the values the row has. */
struct record *row_merge(struct work *w, const struct record *was, struct record *row, bool exact);

/* ---- match.c: whom a row means -------------------------------------------------------------- */

enum err matcher_load(struct importing *in) MUST_USE;
enum match { MATCH_NEW, MATCH_SAME, MATCH_UNSURE };
/* merged: the row names `was` as another record that was merged into it. */
struct matched { enum match match; bool merged; struct record *was; struct candidate candidates[CANDIDATES_MAX]; size_t n; };
enum err matcher_find(struct importing *in, const struct record *row, struct matched *out) MUST_USE;
/* By number, through merges; ERR_MISSING: none. */
enum err matcher_numbered(struct importing *in, int64_t id, struct matched *out) MUST_USE;
void     matcher_add(struct importing *in, const struct record *saved);
/* The record that has the UNIQUE value of the field; *out NULL: none. */
enum err matcher_owner(struct importing *in, int field, Val v, struct record **out) MUST_USE;
Str      match_key(struct arena *a, const struct entity *e, Str name);      /* of a name           */

/* ---- aside.c ---------------------------------------------------------------------------------- */

Str      aside_identity(struct work *w, const struct record *row);          /* of same_as           */
/* Sets a row aside unless it lies there already. */
enum err aside_put(struct work *w, const struct record *row, const struct matched *m, bool *added) MUST_USE;

/* ---- rejected.c --------------------------------------------------------------------------------- */

void        rejects_add(struct importing *in, const struct row *row);
const char *rejects_complete(struct importing *in);         /* the workbook, not yet in its place; NULL: none, or it could not be written */
bool        rejects_done(struct importing *in);             /* it takes its place; false: it could not be written */
void        rejects_drop(struct importing *in);

/* ---- change.c ------------------------------------------------------------------------------------ */

/* Keeps the cells that the row changes, while there are fewer than IMPORT_CHANGES. */
void changes_note(struct importing *in, const struct record *was, const struct record *now);

#endif
