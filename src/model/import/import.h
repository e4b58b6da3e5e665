/*
 * import.h - a spreadsheet as offices have it becomes records: any entity, read from its table alone.
 *
 * The header row is found under title rows, two-row headings are joined; columns are recognised by the labels of the fields in
 * both languages, their names and their `also`, by children's fields, years and units ("Doanh thu 2024 (triệu đồng)").  A row
 * fills one record and its children.  It meets a record of the database by its number, else by a UNIQUE field, else by what a person
 * has decided before, else by name and place; what is only like a record is set aside with reasons, for a person.  Where it
 * names a record that was merged, it meets the survivor and brings what that one lacks.  A
 * wrong row is left out as a whole and comes back in a workbook with the reason beside it.  Cells that are blank, or say
 * that there is nothing ("Chưa có"), change nothing; children are added and changed, never removed.
 *
 * A code that its list does not know costs no more than itself, and is reported: the field stays as it was, or the child
 * whose KEY it is (a process, a standard) is left out.  Only the field that helps to tell records apart (entity.place) must be right.
 *
 * Everything is one transaction: after a crash the file is imported wholly or not at all.
 */
#ifndef MODEL_IMPORT_H
#define MODEL_IMPORT_H

#include "model/record.h"

enum { IMPORT_PROBLEMS = 50, IMPORT_CHANGES = 50, IMPORT_PROGRESS = 1000 };  /* kept of each; rows between two calls */

struct import_report;

struct import_options {
    Str         file_name;                  /* for provenance; only what follows the last '/'     */
    int         sheet;                      /* from 0; -1: the first not hidden that has a header */
    /*
     * What columns mean, where the headings do not say it well, a line for each:
     *     Số CN = tax_code
     *     Tổng thu = figures.revenue[2024]*1000000
     *     Cột lạ = -                       (left out)
     */
    Str         mapping;
    bool        dry_run;                    /* the same report, and nothing is written            */
    bool        changes;                    /* the first changed cells are reported, old and new  */
    const char *rejected_path;              /* NULL: no workbook of rejected rows                 */
    /* NULL: none.  False: stop; nothing is written, and the answer is ERR_CONFLICT. */
    bool      (*progress)(void *to, int64_t rows);
    /*
     * NULL: none.  Runs when all rows are through, inside the same transaction (not in a trial): what it writes is committed with them or not at
     * all.  rejected: the workbook of rejected rows, complete but not yet in its place; NULL: none.
     */
    enum err  (*finish)(void *to, struct work *w, const struct import_report *r, const char *rejected);
    void       *to;
};

struct import_column {
    Str    letter, heading;                 /* "D"; "Doanh thu (triệu đồng) / 2024"               */
    Str    target;                          /* "figures.revenue"; empty: left out                 */
    Str    label;                           /* of the target, or why it is left out; empty: not understood */
    double scale;                           /* numbers are multiplied by it                       */
    int64_t year;                           /* 0: none                                            */
    bool   assumed;                         /* the year is not in the heading                     */
};

/* rejected: the row was not taken for it; else it was, without what the problem names. */
struct import_problem { int64_t row; Str column, heading; Message what; bool rejected; };

struct import_change { int64_t row; Str record, title, field, was, now; };   /* in w->lang; record: its number; field: its label */

struct import_report {
    int64_t read, added, changed, same, unsure, rejected, left_out;     /* read: rows after the header */
    int64_t batch;                          /* 0: nothing was written                             */
    int64_t header_row;
    bool    rejects_kept;                   /* the workbook of rejected rows, if any, is written  */
    Str     sheet;
    struct { struct import_column *p; size_t n, cap; } columns;
    struct { struct import_problem *p; size_t n, cap; } problems;       /* the first ones          */
    struct { struct import_change *p; size_t n, cap; } changes;         /* the first ones          */
    struct { Message *p; size_t n, cap; } notes;
};

/* What a workbook holds; rows: at most SHEETS_ROWS are counted of all sheets together, more: there are more. */
enum { SHEETS_ROWS = 100000 };
struct import_sheet { Str name; bool hidden, more; int64_t rows; };
struct import_sheets { struct import_sheet *p; size_t n, cap; int chosen; };        /* chosen: from 0; -1: none */

/*
 * Rows are committed unless it is a dry run.  Texts of the report live in w->a.  ERR_INVALID (and the errors of format/sheet.h): the file
 * is unusable, *why says why; ERR_BUSY, ERR_BROKEN: the database's or disk's.
 */
enum err import_file(struct work *w, const struct entity *e, Str bytes, const struct import_options *o,
                     struct import_report *out, Message *why) MUST_USE;

/*
 * Looks before an import: the sheets, and of the chosen one (see options.sheet) its header: sheet, header_row, columns and notes of *out.
 * ERR_INVALID: no header was found, or the file is unusable (then no sheets are known).
 */
enum err import_look(struct work *w, const struct entity *e, Str bytes, const struct import_options *o, struct import_sheets *sheets,
                     struct import_report *out, Message *why) MUST_USE;

/* What a column may be said to hold, in the order of the table: "tax_code", "figures.revenue". */
struct import_target { Str target; const struct field *list, *f; };         /* list: the field that holds the children, or NULL */
struct import_targets { struct import_target *p; size_t n, cap; };
void import_targets(struct work *w, const struct entity *e, struct import_targets *out);

/*
 * A workbook to fill in: a column for every field that may be imported, in w->lang, with drop-down lists, rules and notes; what is filled
 * in imports without a mapping.  Yearly figures have a column for the last year.
 */
enum err import_template(struct work *w, const struct entity *e, Str *bytes) MUST_USE;

void put_import_report(struct buf *b, struct work *w, const struct import_report *r);        /* in w->lang */
void put_import_json(struct buf *b, struct work *w, const struct import_report *r);

/* ---- what a person must decide ---------------------------------------------------------------- */

struct candidate { int64_t record; double likeness; };      /* 1: the names have one key           */
enum { CANDIDATES_MAX = 5 };

struct aside {
    int64_t          id, batch;
    struct source    source;
    struct record   *row;                   /* as it would be saved, without ids                  */
    struct candidate candidates[CANDIDATES_MAX];
    size_t           n;
    Str              decided;               /* empty: open                                        */
};
struct asides { struct aside *p; size_t n, cap; };

/* Open ones, oldest first; those of an import that was undone are not. */
enum err asides_open(struct work *w, const struct entity *e, int64_t after, int limit, struct asides *out) MUST_USE;
enum err asides_count(struct work *w, const struct entity *e, int64_t *n) MUST_USE;
/*
 * The row is the record same_as, or (0) a new one: it is imported now, in a batch of its own, and the answer is kept, so that the pair is never
 * asked about again.  ERR_MISSING: no such open row or record; ERR_INVALID: the row cannot be saved, *why.
 */
enum err aside_decide(struct work *w, int64_t aside, int64_t same_as, Message *why) MUST_USE;

/* One after another, for whoever decides many: the next is the oldest, those that were skipped come last.  id 0: none is open. */
enum err aside_next(struct work *w, const struct entity *e, struct aside *out) MUST_USE;
enum err aside_find(struct work *w, int64_t id, struct aside *out) MUST_USE;        /* ERR_MISSING: no such open row */
enum err aside_skip(struct work *w, int64_t aside) MUST_USE;
/* The actor's last decision that stands, and its batch: batch_undo() takes it back, and the row is open again.  0: none. */
enum err aside_last(struct work *w, int64_t *aside, int64_t *batch) MUST_USE;

/* How a row of a file and a record that it may be compare, field by field and as a whole. */
enum verdict { NEITHER_SAYS, ONLY_ROW_SAYS, ONLY_RECORD_SAYS, SAY_SAME, SAY_ALIKE, SAY_OTHER };
struct compared { enum verdict verdict; double likeness; Str row, record; };        /* texts for people, in w->lang */
struct compared aside_compare(struct work *w, const struct record *row, const struct record *r, int field);
/* Why they may be one, and what speaks against it. */
struct reasons { Message *p; size_t n, cap; };
void aside_reasons(struct work *w, const struct record *row, const struct record *r, double likeness, struct reasons *out);

#endif
