#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh TEST...: runs cmocka programs and scripts, prints what failed in full, and ends with a line
# "N passed, N failed". A script counts its own cases with lines "ok - …" and "not ok - …".
set -u
passed=0
failed=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT
export CMOCKA_MESSAGE_OUTPUT=STDOUT
for t in "$@"; do
	"$t" >"$out" 2>&1 </dev/null
	status=$?
	case $t in
	*.sh | *.py)
		p=$(grep -c '^ok - ' "$out")
		f=$(grep -c '^not ok - ' "$out") ;;
	*)
		p=$(grep -c '^\[       OK \]' "$out")
		f=$(grep -E '^\[  FAILED  \] [a-z_0-9A-Z]+$' "$out" | sort -u | wc -l) # cmocka says it twice
		u=$(grep -c '^\[  FAILED  \]' "$out")
		[ "$u" -gt 0 ] && [ "$f" -eq 0 ] && f=1 ;;
	esac
	# A test that died without saying so has failed, and so has one that tested nothing.
	[ "$status" -ne 0 ] && [ "$f" -eq 0 ] && f=1
	[ "$p" -eq 0 ] && [ "$f" -eq 0 ] && f=1
	passed=$((passed + p))
	failed=$((failed + f))
	if [ "$f" -ne 0 ]; then
		printf 'FAILED %s (exit status %s)\n' "$t" "$status"
		cat "$out"
	else
		printf '%-64s %4d\n' "${t#"${BUILD:-build}"/}" "$p"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
