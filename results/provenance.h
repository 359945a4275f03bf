/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What this program is: compiled into one file, remade when the version or the revision changes. */
#ifndef RESULTS_PROVENANCE_H
#define RESULTS_PROVENANCE_H

#define RES_PROGRAM "dtsim"

const char *res_version(void);  /* "0.1.0" */
const char *res_revision(void); /* of the source, "-dirty" when it was changed; "unknown" */
const char *res_compiler(void); /* only for FILE.meta.json: may differ between equal results */
const char *res_flags(void);

#endif
