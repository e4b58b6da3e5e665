/*
 * entity.h - an entity is one const table, and everything about it is read from that table: schema, SQL, checks,
 * lists, detail, forms, import, export, JSON, OpenAPI, data dictionary, history.  A field is written down once.
 *
 * A new entity is one file with such a table and one line in the list of entities.  A new kind of field is one const
 * struct type (type.c).  What is special about an entity is plain C beside its table: check, compute, derive.
 */
#ifndef MODEL_ENTITY_H
#define MODEL_ENTITY_H

#include "base/base.h"
#include "format/html.h"
#include "store/db.h"

struct entity;
struct field;
struct record;
struct work;
struct workflow;

/* ---- who ---------------------------------------------------------------------------------- */

typedef unsigned Roles;                     /* a set of the following                             */
enum {
    VISITOR = 1 << 0, ENTERPRISE = 1 << 1, BUYER = 1 << 2, OFFICER = 1 << 3, FINANCE = 1 << 4, WARD = 1 << 5,
    AGENCY = 1 << 6, ASSOCIATION = 1 << 7, PROVIDER = 1 << 8, REVIEWER = 1 << 9, LEADER = 1 << 10, ADMIN = 1 << 11,
};
#define EVERYBODY ((Roles)0xFFF)
#define SIGNED_IN ((Roles)(EVERYBODY & ~(Roles)VISITOR))
#define STAFF     ((Roles)(OFFICER | FINANCE | WARD | AGENCY | LEADER | ADMIN))
#define SYSTEM    ((Roles)1 << 12)          /* the command line and the program's own work: all of everything */

/* ---- rights: role x verb x rows x fields, a table for each entity (rights.h reads it) ------ */

enum { MAY_READ = 1 << 0, MAY_CREATE = 1 << 1, MAY_CHANGE = 1 << 2, MAY_DELETE = 1 << 3,
       MAY_PROPOSE = 1 << 4,                /* changes that somebody else then accepts field by field */
       MAY_BULK    = 1 << 5,                /* import, edit many, take batches back, merge        */
       MAY_ALL     = (1 << 6) - 1 };
enum depth { NO_FIELDS, PUBLIC_FIELDS, OWN_FIELDS, ALL_FIELDS };    /* PUBLIC; also PERSONAL and OWNER; every one */
enum scope {
    ROWS_PUBLISHED,                         /* those entity.published lets through                */
    ROWS_ALL,
    ROWS_OWN,                               /* whose field is the actor's organisation            */
    ROWS_WARD,                              /* whose field is the actor's ward                    */
    ROWS_MEMBERS,                           /* whose field has the actor's association            */
    ROWS_MINE,                              /* whose field is the actor's account                 */
    ROWS_SEATS,                             /* published ones whose field names a record with the actor's account among its children */
};
enum { ID_ITSELF = -1 };                    /* as a right's field: the record's own number        */
struct right { Roles who; unsigned may; enum depth fields; enum scope rows; int field; };      /* who 0 at the end */

/* ---- kinds of field ----------------------------------------------------------------------- */

/* How a text to be read was written: by a person or sheet in a language, or by a program. */
enum spelling { SPELT_VI = VI, SPELT_EN = EN, SPELT_PLAIN };

struct type {                               /* one const value for each kind                      */
    const char   *name;                     /* as the data dictionary calls it                    */
    const char   *label;                    /* N_(): for people                                   */
    const char   *json;                     /* JSON schema type                                   */
    const char   *json_format;              /* JSON schema format, or NULL                        */
    enum val_type stored;                   /* the column; V_NULL: this kind has none             */
    const char   *input;                    /* HTML input type; NULL: it has an input of its own  */
    /* The value a text means, or what is wrong with it.  in is trimmed, not empty, clean NFC. */
    Message (*read)(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out);
    /* For people, in w->lang. */
    void    (*show)(struct buf *b, const struct work *w, const struct field *f, Val v);
    /* For programs: what read(SPELT_PLAIN) takes.  NULL: text as it is, numbers plain. */
    void    (*plain)(struct buf *b, const struct work *w, const struct field *f, Val v);
    bool      many;                         /* several values in one column: ";a;b;"              */
};

extern const struct type
    text_type, long_text_type, number_type, integer_type, money_type, date_type, year_type, boolean_type, choice_type,
    choices_type, code_type, codes_type, reference_type, children_type, email_type, phone_type, url_type,
    tax_code_type, file_type, place_type, state_type, account_type;
extern const struct type *const types[];    /* all of them, NULL at the end                       */

/* ---- fields ------------------------------------------------------------------------------- */

enum {
    REQUIRED = 1 << 0,
    UNIQUE   = 1 << 1,                      /* also what an import finds a record by              */
    INDEXED  = 1 << 2,
    SEARCHED = 1 << 3,                      /* found by words                                     */
    LISTED   = 1 << 4,                      /* a column of lists                                  */
    PERSONAL = 1 << 5,                      /* personal data: never public, whatever else is said */
    PUBLIC   = 1 << 6,                      /* whoever may see the record may read it; see enum depth */
    FACET    = 1 << 7,                      /* counted and filtered in searches                   */
    KEY      = 1 << 8,                      /* tells the children of one parent apart, several together; COMPUTED, of a record: a new one with the
                                             * key of another is that one told again */
    PAIR     = 1 << 9,                      /* Vietnamese text; the next field is its English     */
    COMPUTED = 1 << 10,                     /* set by entity.compute when saved, never by people; neither PUBLIC nor OWNER: nor shown to them */
    DERIVED  = 1 << 11,                     /* no column: field.derive works it out when read     */
    BRIEF    = 1 << 12,                     /* children shown by their titles in JSON             */
    BY_KEY   = 1 << 13,                     /* children as a JSON object by their key             */
    COMMAS   = 1 << 14,                     /* KEY of children: in sheets short ones also stand between commas */
    OWNER    = 1 << 15,                     /* its owner may read and write it too, but not the public */
    FIXED    = 1 << 16,                     /* set when the record is made, then never by a form  */
    CONFIRM  = 1 << 17,                     /* said to be still right from time to time: freshness.h */
    INTERNAL = 1 << 18,                     /* the program's own: kept and logged as any, but neither shown to people nor written by them */
    STEPPED  = 1 << 19,                     /* a workflow's deadline: set by its steps alone, as the state is */
    HAPPENED = 1 << 21,                     /* a date that says when something was done: never after today, check.h */
    LARGER   = 1 << 20,                     /* of a number that two tell of one thing the larger holds: merge.h */
};

/* The states of a workflow are choices too: how many working days one may last (0: no deadline), and whether nothing is to be done in it. */
struct choice { const char *code, *label; int days; bool done; };

struct field {
    const char          *name;              /* column, form name, JSON key: a-z 0-9 _             */
    const char          *label;             /* N_()                                               */
    const struct type   *type;
    unsigned             is;
    int                  max;               /* text: most bytes                                   */
    double               least, most;       /* numbers: bounds, where most > least                */
    const char          *unit;              /* number: its unit, as printed ("mm")                */
    const char          *unit_by;           /* or the sibling code field that holds it            */
    const char          *list;              /* code, codes: name of the list                      */
    const struct choice *choices;           /* choice(s), state: code NULL at the end             */
    const struct entity *to;                /* reference, children: the other entity; reference: NULL for the organisation's */
    int                  weight;            /* SEARCHED: how much a hit here counts, 1 .. 16      */
    const char          *also;              /* other headings in spreadsheets, '|' between        */
    const char          *help;              /* N_(): one sentence for forms and the dictionary    */
    Val                (*derive)(const struct work *w, const struct record *r);
    Str                (*said)(const struct work *w, const struct record *r);     /* what people are shown of a value that is a word of the program */
    const char          *both;              /* PAIR: N_(): what the two are called where one is shown */
    Roles                writers;           /* of those who may write it, only these; 0: all      */
    const char          *section;           /* N_(): begins a part of the form with this heading  */
    int                  side;              /* of those whose the record is by a field (ROWS_OWN ...), only they by this one write it; 0: all */
};

/* ---- entities ----------------------------------------------------------------------------- */

struct entity {
    const char          *name;              /* table and API name: a-z 0-9 _                      */
    const char          *path;              /* its place on the web: "enterprises"; NULL: children, whose field in the parent names it */
    const char          *one, *many;        /* N_()                                               */
    const char          *shelf;             /* N_(): the heading of the menu its list stands under; NULL: with what everything needs */
    const struct field  *fields;
    int                  n;
    const struct entity *parent;            /* whose children these are; NULL: records of their own */
    int                  title;             /* the field that names a record                      */
    const char          *id_prefix;         /* of the public id: "DN" gives DN-000421-6           */
    const struct right  *rights;            /* NULL: children, which have those of their parent; else staff reads, the administrator writes */
    const struct workflow *workflow;        /* NULL: its records have no states                   */
    bool                 organisation;      /* its records are whom accounts work for; one entity at most */
    bool                 permanent;         /* made by the program alone, and for ever: no person, operator, import, merge or undo makes, changes or removes one */
    bool                 confidential;      /* for those alone whom its rights name: the program works with it, but shows its operators nothing */
    /* A rule across fields: what is wrong, and *field the one to blame (title if left alone). */
    Message            (*check)(const struct work *w, const struct record *r, int *field);
    void               (*compute)(const struct work *w, struct record *r);
    bool               (*published)(const struct record *r);    /* NULL: every record is public   */
    /* Why nobody may delete this one, or take back that it was made: what was said rests on it.  NULL: any may go that nothing names. */
    Message            (*stays)(const struct work *w, const struct record *r);
    /* Children: whether this one counts in searches today; NULL: it does.  (An expired certificate does not.) */
    bool               (*in_force)(const struct work *w, const struct record *r);
    /* Fills what follows from the other values of a new record or a row of an import, before it is matched (the ward an address names). */
    enum err           (*complete)(struct work *w, struct record *row);
    /* Inside the transaction, after a record was made (was NULL), changed or deleted (now NULL): what is written or told with it. */
    enum err           (*follow)(struct work *w, const struct record *was, const struct record *now);
    /* Import: the key under which spellings of one name meet, and a field that must agree if both have it. */
    Str                (*name_key)(struct arena *a, Str name);
    int                  place;
    int                  confirmations;     /* the field freshness.h keeps its dates in; 0: none  */
    const char          *about;             /* N_(): one sentence for the data catalogue          */
};

#define FIELDS(table) .fields = table, .n = (int)COUNT(table)

/* Walks the fields:  for EACH_FIELD(f, i, e) ... */
#define EACH_FIELD(f, i, e) \
    (int i = 0; i < (e)->n; i++) for (const struct field *f = &(e)->fields[i]; f; f = NULL)

static inline bool is_stepped(const struct field *f) { return f->type == &state_type || f->is & STEPPED; }
static inline bool has_column(const struct field *f) { return f->type->stored != V_NULL && !(f->is & DERIVED); }
int  field_index(const struct entity *e, Str name);         /* -1: no such field                  */
int  key_field(const struct entity *e);                     /* the first that is KEY, else the title */
static inline bool is_identity(const struct field *f) { return (f->is & (KEY | COMPUTED)) == (KEY | COMPUTED); }
static inline bool finds_record(const struct field *f) { return f->is & UNIQUE || is_identity(f); }     /* a record by its value */
const struct field *field_in_parent(const struct entity *e);    /* that holds these children      */
const char *entity_path(const struct entity *e);            /* children: the name of that field     */

#endif
