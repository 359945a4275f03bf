#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh SECONDS PROGRAM...: runs each fuzz target (…/fuzz_NAME) on a copy of its corpus for that long. A
# crash is kept in tests/fuzz/crashes/NAME/, where `make check` replays it. Ends with "N passed, N failed".
set -u
seconds=$1
shift
passed=0
failed=0
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for program in "$@"; do
	name=${program##*/fuzz_}
	mkdir -p "$out/$name" "tests/fuzz/crashes/$name"
	options=
	[ ! -f "tests/fuzz/fuzz_$name.options" ] || options=$(cat "tests/fuzz/fuzz_$name.options")
	# shellcheck disable=SC2086 # options are several words
	if "$program" -max_total_time="$seconds" -artifact_prefix="tests/fuzz/crashes/$name/" \
		-print_final_stats=1 $options "$out/$name" "tests/fuzz/corpus/$name" >"$out/log" 2>&1; then
		passed=$((passed + 1))
		printf '%-20s %s executions\n' "$name" \
			"$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/log")"
	else
		failed=$((failed + 1))
		printf 'FAILED %s\n' "$name"
		tail -40 "$out/log"
	fi
	rmdir "tests/fuzz/crashes/$name" 2>/dev/null
done
rmdir tests/fuzz/crashes 2>/dev/null
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
