#include "item.h"

void item_table(struct arena *a, struct db *db)
{
    static const char *const create[DIALECTS] = {
        [SQLITE] = "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, share REAL,"
                   " n INTEGER CHECK (n >= 0), parent INTEGER REFERENCES item (id)) STRICT",
        [POSTGRES] = "CREATE TABLE item (id int8 PRIMARY KEY, name text COLLATE \"C\" NOT NULL UNIQUE,"
                     " share float8, n int8 CHECK (n >= 0), parent int8 REFERENCES item (id))",
    };
    CHECK_INT(db_exec(db, a, (Sql){ create[db_dialect(db)] }, NO_ARGS), OK);
}

enum err item_add(struct arena *a, struct db *db, int64_t id, const char *name)
{
    return db_exec(db, a, SQL("INSERT INTO item (id, name) VALUES ($1, $2)"), ARGS(v_int(id), v_text(str_of(name))));
}

int64_t item_count(struct arena *a, struct db *db)
{
    int64_t n = -1;
    CHECK_INT(db_one_int(db, a, SQL("SELECT count(*) FROM item"), NO_ARGS, &n), OK);
    return n;
}
