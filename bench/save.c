/*
 * save.c - what a form's save costs at the least: the same rows read and written by plain SQLite statements, prepared once, with the
 * same durability (WAL, synchronous=FULL), as a general back end such as PocketBase does it.
 *
 *     bench_save DATABASE TIMES           prints the median and p99 of a transaction in milliseconds
 *
 * A transaction reads an enterprise, writes its telephone and version, appends an entry to the log, and drops the draft.
 */
#include "base/date.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static sqlite3 *db;

static void must(int result)
{
    if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW) fprintf(stderr, "%s\n", sqlite3_errmsg(db)), exit(1);
}

static void run(const char *sql) { must(sqlite3_exec(db, sql, NULL, NULL, NULL)); }

static sqlite3_stmt *prepared(const char *sql)
{
    sqlite3_stmt *s;
    must(sqlite3_prepare_v2(db, sql, -1, &s, NULL));
    return s;
}

static void done(sqlite3_stmt *s)
{
    int result;
    while ((result = sqlite3_step(s)) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(s); i++) sqlite3_column_text(s, i);
    must(result);
    must(sqlite3_reset(s));
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    size_t n = strtoul(argv[2], NULL, 10);
    int64_t *us = calloc(n + 1, sizeof *us), seq;
    must(sqlite3_open(argv[1], &db));
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    sqlite3_stmt *last = prepared("SELECT max(seq) FROM change");
    sqlite3_stmt *read = prepared("SELECT * FROM enterprise WHERE id = ?");
    sqlite3_stmt *write = prepared("UPDATE enterprise SET phone = ?, seq = ?, changed_at = ? WHERE id = ?");
    sqlite3_stmt *log = prepared("INSERT INTO change (seq, at, actor, entity, record, kind, delta, hash) VALUES (?, ?, 'plain', 'enterprise', ?, 1, ?, ?)");
    sqlite3_stmt *draft = prepared("DELETE FROM draft WHERE account = 1 AND entity = 'enterprise' AND record = ?");
    must(sqlite3_step(last));
    seq = sqlite3_column_int64(last, 0);
    must(sqlite3_reset(last));
    for (size_t i = 0; i < n; i++) {
        int64_t id = (int64_t)(i * 7919 % 100000) + 1, began = time_ticks();
        char phone[32], delta[80];
        snprintf(phone, sizeof phone, "024 %08zu", i);
        snprintf(delta, sizeof delta, "{\"phone\":[\"024 00000000\",\"%s\"]}", phone);
        seq++;
        run("BEGIN IMMEDIATE");
        must(sqlite3_bind_int64(read, 1, id));
        done(read);
        must(sqlite3_bind_text(write, 1, phone, -1, SQLITE_TRANSIENT));
        must(sqlite3_bind_int64(write, 2, seq));
        must(sqlite3_bind_int64(write, 3, time_now()));
        must(sqlite3_bind_int64(write, 4, id));
        done(write);
        must(sqlite3_bind_int64(log, 1, seq));
        must(sqlite3_bind_int64(log, 2, time_now()));
        must(sqlite3_bind_int64(log, 3, id));
        must(sqlite3_bind_text(log, 4, delta, -1, SQLITE_TRANSIENT));
        must(sqlite3_bind_text(log, 5, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", -1, SQLITE_STATIC));
        done(log);
        must(sqlite3_bind_int64(draft, 1, id));
        done(draft);
        run("COMMIT");
        us[i] = time_ticks() - began;
    }
    qsort(us, n, sizeof *us, by_size);
    printf("%.2f %.2f\n", (double)us[n / 2] / 1000, (double)us[n * 99 / 100] / 1000);
    return 0;
}
