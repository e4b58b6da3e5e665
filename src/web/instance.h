/*
 * instance.h - what all requests of a running server share: where it is reached, where files lie, how to reach the outside.
 * Made by host; handlers see it as q->instance (never NULL while a server runs; tests give one of their own).
 */
#ifndef WEB_INSTANCE_H
#define WEB_INSTANCE_H

#include "base/base.h"

#include <stdio.h>

struct board;
struct kept;
struct limiter;
struct marks;
struct oidc;
struct unmet;

struct fetched { int status; Str type, body; };             /* body at most 1 MB                   */

struct instance {
    Str             files;                  /* folder of uploads                                  */
    struct board   *board;                  /* of running jobs (model/desk/job.h)                 */
    struct limiter *limiter;                /* web/limit.h; NULL: nothing is limited              */
    struct marks   *marks;                  /* web/marks.h: which sessions and tokens were used   */
    struct kept    *network;                /* pages/network/kept.h: the supply network in memory; NULL: none */
    struct unmet   *unmet;                  /* programme/linkage/search.h: searches that found nobody good; NULL: they are not counted */
    /* GET, or POST of a form where body is not empty; https, or http on loopback; at most 10 seconds.  authorization: a header, or empty. */
    enum err      (*fetch)(struct arena *a, Str url, Str body, Str authorization, struct fetched *out, Message *why);
    /* A drawing with these lines over it (format/mark/mark.h says which kinds and errors, and ERR_BUSY), in a nameless file that the caller closes. */
    enum err      (*mark)(struct arena *a, Str kind, Str bytes, const Str *lines, size_t n, FILE **out, Message *why);
    /* Sign-in by OpenID Connect; issuer empty: not offered. */
    Str             openid_issuer, openid_client, openid_secret, openid_label;
    struct oidc    *oidc;                   /* web/oidc.h: what the issuer said of itself; NULL where none is */
    bool            mail;                   /* mails are sent; else they wait                     */
};

#endif
