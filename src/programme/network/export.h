/*
 * export.h - the supply network in the forms that other programs read (E15); as CSV and XLSX it is a list like any other.  All of it shows
 * what the actor may see of the list of links, and nothing of what was given in confidence.
 */
#ifndef PROGRAMME_NETWORK_EXPORT_H
#define PROGRAMME_NETWORK_EXPORT_H

#include "format/json.h"
#include "model/list/list.h"
#include "programme/network/supply.h"

#include <stdio.h>

/*
 * The links that q lets through (its order, limit and cursor do not count), as GraphML (graphml.graphdrawing.org).  Nodes are the companies they
 * name: id is the public number; name, kind (enterprise, outside), country, ward, zone, vsic.  An edge goes from supplier to buyer:
 * product, value (đồng a year; only where a side states one), source, confidence, essential, difference, since, until, state.  Codes as stored.
 */
enum err supply_graphml(struct work *w, const struct list_query *q, FILE *out) MUST_USE;

/*
 * The bill of materials of one level: what the enterprise buys today, as
 *     { "enterprise": { "id", "name" }, "date", "inputs": [ { "product", "hs_code", "supplier": { "id", "name" } or null (imported directly),
 *       "country", "value", "share", "essential", "source", "confidence" } ] }
 * with value in đồng a year and share in % of purchases; null: not stated.  Imports only for whoever may read them of this enterprise.
 */
enum err supply_bom(struct work *w, struct json_writer *j, const struct record *enterprise) MUST_USE;

#endif
