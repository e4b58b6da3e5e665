/* type.h - what the kinds of field share with those who handle their values. */
#ifndef MODEL_TYPE_H
#define MODEL_TYPE_H

#include "model/model.h"

/* Types with .many keep their values as ";a;b;". */
bool many_next(Str *rest, Str *item);               /* walks them; false at the end               */
bool many_has(Val v, Str one);

int  tax_code_check_digit(const char *nine);        /* of the first nine digits; 10: none         */

#endif
