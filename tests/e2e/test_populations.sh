#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The shipped scenarios of populations, made small: the same octets whatever -j, what a run says of its
# speed stays out of the result, and the report draws each variant's course.
set -eu
dtsim=${BUILD:-build}/dtsim
dir=$(mktemp -d "${TMPDIR:-/tmp}/dtsim-populations.XXXXXX")
trap 'rm -rf "$dir"' EXIT

fail() {
	echo "not ok - $1"
	exit 1
}
pass() {
	echo "ok - $1"
}
has() { # TEXT FILE, about
	grep -qF -- "$1" "$2" || fail "$3: '$1' is not in it"
}

small="--set populations.phones.count=3000 --set cities.everywhere.cells=10 --replications 2"
for j in 1 2; do
	"$dtsim" run scenarios/reregister-1m.yaml $small --set populations.phones.arrivals.rate=300/s \
		--set duration=30s -j$j -o "$dir/j$j.h5" >"$dir/j$j.txt"
done
cmp "$dir/j1.h5" "$dir/j2.h5" || fail "-j2 gives other octets than -j1"
pass "populations give the same octets with -j1 and -j2"

has "6000 registrations in" "$dir/j1.txt" "the end of a run"
has "a wall second and core" "$dir/j1.txt" "the end of a run"
has "99 % after" "$dir/j1.txt" "the summary"
has '"core_s":' "$dir/j1.meta.json" "meta.json"
"$dtsim" summary "$dir/j1.h5" >"$dir/summary.txt"
if grep -q "wall second" "$dir/summary.txt"; then
	fail "a summary of the file knows how fast it was"
fi
pass "a run says how fast it was, its result does not"

# One worker each and a surge of ten seconds: four times what they can do.
workers=""
for nf in amf ausf udm udr pcf aanf; do
	workers="$workers --set $nf.workers=1"
done
"$dtsim" run scenarios/storm-1m.yaml $small $workers --set populations.phones.count=30000 \
	--set populations.phones.arrivals.window=10s --replications 1 --set duration=120s -o "$dir/storm.h5" --quiet 2>"$dir/warnings.txt"
"$dtsim" summary "$dir/storm.h5" --csv >"$dir/storm.csv"
attempts() { # of a variant
	sed -n "s/^load.attempts_per_registration,$1,background,[^m]*mean,1,\([0-9.]*\),.*/\1/p" \
		"$dir/storm.csv"
}
awk -v long="$(attempts long_queues)" -v spread="$(attempts spread_devices)" \
	'BEGIN { exit !(long > 1.5 * spread && spread >= 1) }' ||
	fail "long queues do not take more attempts than devices that spread"
pass "a storm takes more attempts in long queues than with devices that spread"

"$dtsim" report "$dir/storm.h5" -o "$dir/report" >/dev/null
has "How registrations come through" "$dir/report/index.html" "the report"
has "the amplification by retries" "$dir/report/index.html" "the report"
has "metastable failure" "$dir/report/index.html" "the report"
for variant in long_queues short_queues congestion_control spread_devices; do
	[ -s "$dir/report/charts/goodput-$variant.svg" ] || fail "no chart of $variant"
	[ -s "$dir/report/charts/goodput-$variant.png" ] || fail "no picture of $variant"
done
pass "the report has a chart of goodput for each variant, and says what amplifies"
