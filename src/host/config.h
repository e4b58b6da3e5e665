/*
 * config.h - how this instance runs: the command line, then the environment (MATXICH_*), then defaults; one
 * table of options for all three and for the help text.
 *
 * A secret is never a word of the command line, where every process of the machine can read it: it is in a file the option
 * names, or in the environment.
 */
#ifndef HOST_CONFIG_H
#define HOST_CONFIG_H

#include "base/base.h"

struct config {
    Str     db;                     /* --db            MATXICH_DB            sqlite:var/matxich.db */
    Str     listen;                 /* --listen        MATXICH_LISTEN        127.0.0.1:8080        */
    Str     base_url;               /* --base-url      MATXICH_BASE_URL      http://LISTEN         */
    Str     log;                    /* --log           MATXICH_LOG           "-": standard error   */
    int64_t log_level;              /* --log-level     MATXICH_LOG_LEVEL     1: see host/log.h     */
    int64_t connections;            /* --connections   MATXICH_CONNECTIONS   at once, 1,000        */
    int64_t per_address;            /* --per-address   MATXICH_PER_ADDRESS   of one client, 250    */
    int64_t slots;                  /* --slots         MATXICH_SLOTS         pages rendered at once */
    int64_t cache_mb;               /* --cache-mb      MATXICH_CACHE_MB      finished pages, 64 MB */
    int64_t timeout;                /* --timeout       MATXICH_TIMEOUT       seconds of silence, 15 */
    int64_t rate;                   /* --rate          MATXICH_RATE          requests a minute of one address; 0: no limits */
    Str     proxy;                  /* --proxy         MATXICH_PROXY         see host/client.h     */
    Str     files;                  /* --files         MATXICH_FILES         folder of uploads; beside the database */
    Str     smtp;                   /* --smtp          MATXICH_SMTP          smtp://HOST:PORT; empty: mails wait */
    Str     smtp_user;              /* --smtp-user     MATXICH_SMTP_USER     empty: no sign-in     */
    Str     smtp_password;          /* --smtp-password-file FILE, or MATXICH_SMTP_PASSWORD          */
    Str     mail_from;              /* --mail-from     MATXICH_MAIL_FROM     matxich@localhost     */
    Str     openid_issuer;          /* --openid-issuer MATXICH_OPENID_ISSUER empty: not offered    */
    Str     openid_client;          /* --openid-client MATXICH_OPENID_CLIENT as registered there   */
    Str     openid_secret;          /* --openid-secret-file FILE, or MATXICH_OPENID_SECRET          */
    Str     openid_label;           /* --openid-label  MATXICH_OPENID_LABEL  "OpenID": on the button */
};

/*
 * Takes the options it knows out of argv (both "--db X" and "--db=X"), so that what is left belongs to the command.
 * ERR_INVALID: *why says which option.
 */
enum err config_read(struct arena *a, int *argc, char **argv, struct config *out, Message *why) MUST_USE;
void     put_config_help(struct buf *b, enum lang l);

#endif
