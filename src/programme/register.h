/*
 * register.h - the register of manufacturers and suppliers: an enterprise with its sites, products, processes, equipment,
 * certificates, capability grades, yearly figures and customers.  The tables are in enterprise.c and capability.c; the rules on them here.
 */
#ifndef PROGRAMME_REGISTER_H
#define PROGRAMME_REGISTER_H

#include "model/record.h"

/* The years of Decision 6126/QĐ-UBND: its targets are for 2026-2030, its direction to 2035. */
enum { PROGRAMME_FROM = 2026, PROGRAMME_TO = 2030, PROGRAMME_LAST = 2035 };

extern const struct entity enterprise, site, product, process, equipment, certificate, grade, figure, customer, imported_input;

enum enterprise_field {
    ENTERPRISE_NAME_VI, ENTERPRISE_NAME_EN, ENTERPRISE_SHORT_NAME, ENTERPRISE_TAX_CODE, ENTERPRISE_LEGAL_FORM,
    ENTERPRISE_OWNERSHIP, ENTERPRISE_OWNER_COUNTRY, ENTERPRISE_FOUNDED, ENTERPRISE_CHARTER_CAPITAL, ENTERPRISE_STATUS,
    ENTERPRISE_WARD, ENTERPRISE_ADDRESS, ENTERPRISE_OLD_ADDRESS, ENTERPRISE_ZONE, ENTERPRISE_PLACE, ENTERPRISE_PHONE,
    ENTERPRISE_EMAIL, ENTERPRISE_WEBSITE, ENTERPRISE_REPRESENTATIVE, ENTERPRISE_CONTACT_NAME, ENTERPRISE_CONTACT_ROLE,
    ENTERPRISE_CONTACT_PHONE, ENTERPRISE_CONTACT_EMAIL, ENTERPRISE_FIELDS, ENTERPRISE_INDUSTRIES, ENTERPRISE_GROUPS,
    ENTERPRISE_VSIC, ENTERPRISE_STATED_FIELD, ENTERPRISE_DESCRIPTION_VI, ENTERPRISE_DESCRIPTION_EN, ENTERPRISE_ASSOCIATIONS, ENTERPRISE_LANGUAGES, ENTERPRISE_VISIBILITY,
    ENTERPRISE_SOURCE_NOTE, ENTERPRISE_NOTE, ENTERPRISE_SITES, ENTERPRISE_PRODUCTS, ENTERPRISE_PROCESSES,
    ENTERPRISE_EQUIPMENT, ENTERPRISE_CERTIFICATES, ENTERPRISE_GRADES, ENTERPRISE_FIGURES, ENTERPRISE_CUSTOMERS, ENTERPRISE_IMPORTS, ENTERPRISE_VERIFIED_ON,
    ENTERPRISE_VERIFIED_BY, ENTERPRISE_CONFIRMATIONS, ENTERPRISE_NAME_KEY, ENTERPRISE_SIZE_CLASS, ENTERPRISE_INTERNATIONAL,
    ENTERPRISE_COMPLETENESS, ENTERPRISE_CONFIRMED_SINCE, ENTERPRISE_FIELD_COUNT,
};
enum site_field { SITE_NAME, SITE_KIND, SITE_WARD, SITE_ADDRESS, SITE_OLD_ADDRESS, SITE_ZONE, SITE_PLACE, SITE_AREA, SITE_FIELD_COUNT };
enum product_field {
    PRODUCT_NAME_VI, PRODUCT_NAME_EN, PRODUCT_HS_CODE, PRODUCT_PRODUCT_GROUP, PRODUCT_CAPACITY, PRODUCT_CAPACITY_UNIT,
    PRODUCT_LOCALISATION_RATE, PRODUCT_KEY_PRODUCT_FROM, PRODUCT_KEY_PRODUCT_UNTIL, PRODUCT_FIELD_COUNT,
};
enum process_field {
    PROCESS_PROCESS, PROCESS_MATERIALS, PROCESS_TOLERANCE, PROCESS_PART_SIZE, PROCESS_PART_WEIGHT, PROCESS_FREE_SHARE, PROCESS_FIELD_COUNT,
};
enum equipment_field {
    EQUIPMENT_NAME, EQUIPMENT_KIND, EQUIPMENT_MAKER, EQUIPMENT_MADE_IN, EQUIPMENT_COUNT, EQUIPMENT_FORCE, EQUIPMENT_AXES,
    EQUIPMENT_TABLE_LENGTH, EQUIPMENT_TABLE_WIDTH, EQUIPMENT_TOLERANCE, EQUIPMENT_TEMPERATURE, EQUIPMENT_FIELD_COUNT,
};
enum certificate_field {
    CERTIFICATE_STANDARD, CERTIFICATE_NUMBER, CERTIFICATE_SCOPE, CERTIFICATE_ISSUER, CERTIFICATE_ISSUED_ON,
    CERTIFICATE_EXPIRES_ON, CERTIFICATE_EVIDENCE, CERTIFICATE_FIELD_COUNT,
};
enum grade_field { GRADE_GRADE, GRADE_ASSESSED_ON, GRADE_ASSESSED_BY, GRADE_VALID_UNTIL, GRADE_EVIDENCE, GRADE_FIELD_COUNT };
enum customer_field { CUSTOMER_NAME, CUSTOMER_KIND, CUSTOMER_COUNTRY, CUSTOMER_PRODUCT, CUSTOMER_SINCE, CUSTOMER_SHARE, CUSTOMER_FIELD_COUNT };
enum figure_field {
    FIGURE_YEAR, FIGURE_EMPLOYEES, FIGURE_REVENUE, FIGURE_EXPORTS, FIGURE_EXPORT_SHARE, FIGURE_CAPITAL, FIGURE_INVESTMENT,
    FIGURE_RESEARCH, FIGURE_TAXES, FIGURE_LOCAL_INPUTS, FIGURE_FIELD_COUNT,
};
enum imported_input_field {
    IMPORT_PRODUCT, IMPORT_HS, IMPORT_COUNTRY, IMPORT_VALUE, IMPORT_SHARE, IMPORT_ESSENTIAL, IMPORT_YEAR, IMPORT_FIELD_COUNT,
};

/*
 * The size class of Decree 80/2021/NĐ-CP, Article 5, for industry: at most so many employees insured on yearly average, and at most
 * so much yearly revenue or so much capital (the balance sheet's total; charter capital only where neither is known); of the
 * latest year with employees.  The limits are in the list size_class.  Null: not enough is known.
 */
Val size_class(const struct work *w, const struct record *enterprise);

/*
 * "At international standard" (programme §1.3): holds as many certificates, valid today, as the setting
 * international_standard_minimum asks, of the standards that international_standard_certificates names.  A certificate without an expiry date counts for three years from its issue, the usual
 * term of a management system certificate.
 */
Val  at_international_standard(const struct work *w, const struct record *enterprise);
enum certificate_state { CERTIFICATE_VALID, CERTIFICATE_EXPIRED, CERTIFICATE_UNDATED };
/* The last day on which it holds, by that rule; false: neither day is known. */
bool certificate_until(const struct record *certificate, struct date *out);
enum certificate_state certificate_state(const struct work *w, const struct record *certificate);

/* How much of what a buyer looks for is there, 0 .. 100, and the missing item that would add most (-1: none). */
struct completeness { int percent, missing[3]; };
struct completeness completeness(const struct record *enterprise);
Val completeness_percent(const struct work *w, const struct record *enterprise);

/* The oldest of the days on which its key facts were last said to be right (freshness.h); null: none of them is there. */
Val enterprise_confirmed(const struct work *w, const struct record *enterprise);

/*
 * The key under which spellings of one name meet (D06): "CTCP Đúc A", "Công ty Cổ phần đúc A" and "Duc A JSC" have one.  Company
 * words of data/company_words.csv are brought to one spelling or left out; what is left is folded.
 */
Str company_name_key(struct arena *a, Str name);

/* Takes the ward out of an address that names it, where the row names no other; an address with a district also becomes the old one. */
enum err address_complete(struct work *w, struct record *row) MUST_USE;

#endif
