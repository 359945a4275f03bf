#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh RESULT.json PROGRAM...: runs the benchmarks one after the other; each writes its results, a
# line of JSON each, into the file that it is given. RESULT.json becomes the list of all.
set -eu
result=$1
shift
lines=$(mktemp)
all=$(mktemp)
trap 'rm -f "$lines" "$all"' EXIT
for program in "$@"; do
	"$program" "$lines"
	cat "$lines" >>"$all"
done
{
	echo '['
	sed '$!s/$/,/' "$all"
	echo ']'
} >"$result"
echo "$result"
