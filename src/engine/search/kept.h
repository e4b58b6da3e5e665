/*
 * kept.h - an index in a file, so that a start does not build it again.
 *
 * The file is mapped, not read: it is there at once, and pages of it come as they are asked for.  It is written whole beside the old one,
 * synced and renamed.  It holds the schema, the concepts' fingerprint and a stamp of the caller's (up to which change of the data it goes); a
 * file of another version, machine order, schema or of other concepts, or one that is damaged (each block has a checksum, looked at
 * before use), is ERR_MISSING: build it again.  No byte of it is trusted beyond that: every offset is checked when it is opened.
 */
#ifndef ENGINE_SEARCH_KEPT_H
#define ENGINE_SEARCH_KEPT_H

#include "engine/search/search.h"

struct search_stamp { uint64_t of[4]; };                    /* the caller's                        */

enum err search_save(const struct search *s, const char *path, const struct search_stamp *stamp) MUST_USE;
enum err search_open(const char *path, const struct search_schema *schema, size_t room, struct search_stamp *stamp, struct search **out) MUST_USE;

#endif
