#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# docs/PROCEDURES.md names files, tests and timers: they exist, and no timer is missing.
set -u
cd "$(dirname "$0")/../.." || exit 2
page=docs/PROCEDURES.md
failed=0

report() { # report WRONG NAME
	if [ -z "$1" ]; then
		echo "ok - $2"
	else
		printf 'not ok - %s:\n%s\n' "$2" "$1"
		failed=1
	fi
}

quoted() { # quoted PATTERN: what stands in backquotes and is like it
	grep -o '`[^`]*`' "$page" | tr -d '`' | grep -xE "$1" | sort -u
}

wrong=$(quoted '[a-z0-9_/]+\.[ch]' | while read -r file; do
	[ -f "$file" ] || [ -f "models/nf/$file" ] || echo "$file"
done)
report "$wrong" "every file that the page names exists"

wrong=$(quoted '[a-z0-9_]+:[a-z0-9_]+' | while IFS=: read -r file part; do
	tr -d '\n\t' <"$(find tests -name "test_$file.c" | head -1)" 2>/dev/null |
		grep -q "cmocka_unit_test([a-z0-9_]*$part[a-z0-9_]*)" || echo "$file:$part"
done)
report "$wrong" "every test that the page names exists and runs"

wrong=$(sed -n 's/^	TIMER(\(t3[0-9]*\),.*/\1/p' models/nf/ue.h models/nf/amf.h | sort -u |
	while read -r timer; do grep -qi "$timer" "$page" || echo "$timer"; done)
report "$wrong" "every timer of the two tables stands in the page"

[ "$(quoted '[a-z0-9_]+:[a-z0-9_]+' | wc -l)" -gt 100 ]
report "$([ $? -eq 0 ] || echo few)" "the page names more than a hundred tests"
exit $failed
