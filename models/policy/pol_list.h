/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every pseudonym policy: one line here, one file pol_<name>.c. */
POLICY(static)
POLICY(per_hospital)
POLICY(per_session)
