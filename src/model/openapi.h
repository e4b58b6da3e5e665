/*
 * openapi.h - OpenAPI 3.1, in w->lang, of what w->actor may do: for the open data that is a visitor, for the API whoever asks
 * (the document of an administrator has everything).  base_url is where the server is reached.
 */
#ifndef MODEL_OPENAPI_H
#define MODEL_OPENAPI_H

#include "model/model.h"

void put_openapi_data(struct buf *b, struct work *w, Str base_url);     /* /data/LIST.json, /data/LIST/ID.json */
void put_openapi_api(struct buf *b, struct work *w, Str base_url);      /* /api/v1/...            */

#endif
