#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Scenarios of stations alone: the commands, and a short form of the comparison with queueing theory.
set -u
dtsim=${BUILD:-build}/dtsim
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

ok() # CONDITION-STATUS TEXT
{
	if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi
}

cat >"$dir/mm1.yaml" <<'YAML'
scenario: mm1
replications: 20
duration: 200s
warmup: 20s
hosts:    [{name: h, cores: 1}]                      # optional: unlimited without
stations: [{name: s, host: h, workers: 1, service: {distribution: exponential, mean: 10ms}, queue: {capacity: infinite, discipline: fifo}}]
sources:  [{name: a, to: s, arrivals: {process: poisson, rate: 80/s}}]
routes:   []                                          # from: s, to: t, probability: 0.3
YAML
cat >"$dir/mapping.yaml" <<'YAML'
scenario: mm1
replications: 20
duration: 200s
warmup: 20s
hosts: {h: {cores: 1}}
stations:
  s:
    host: h
    service: {distribution: exponential, mean: 10ms}
sources:
  a: {to: s, arrivals: {rate: 80/s}}
YAML

"$dtsim" run "$dir/mm1.yaml" -j1 -o "$dir/one.h5" >"$dir/summary" 2>&1
ok $? "a scenario of stations alone runs"
"$dtsim" run "$dir/mm1.yaml" -j2 --quiet -o "$dir/two.h5"
cmp -s "$dir/one.h5" "$dir/two.h5"
ok $? "its result is the same to the octet with two workers"
grep -q '^  s  .*[0-9] ms \[' "$dir/summary"
ok $? "the summary has a line for the station"
! grep -q -i 'surgeon' "$dir/summary"
ok $? "the summary says nothing of surgeons"

"$dtsim" run "$dir/mapping.yaml" --quiet -o "$dir/three.h5"
"$dtsim" summary "$dir/one.h5" --json | sed 's/_digest": "[^"]*"//g' >"$dir/a"
"$dtsim" summary "$dir/three.h5" --json | sed 's/_digest": "[^"]*"//g' >"$dir/b"
cmp -s "$dir/a" "$dir/b"
ok $? "sequences with names and mappings say the same"

"$dtsim" summary "$dir/one.h5" --json >"$dir/baseline.json"
"$dtsim" run "$dir/mm1.yaml" --quiet --seed 2 -o "$dir/other.h5"
"$dtsim" check "$dir/other.h5" --against "$dir/baseline.json" >/dev/null 2>&1
ok $? "check passes on another seed"
"$dtsim" run "$dir/mm1.yaml" --quiet --set stations.s.service.mean=11ms -o "$dir/slow.h5"
"$dtsim" check "$dir/slow.h5" --against "$dir/baseline.json" >/dev/null 2>&1
[ $? -eq 1 ]
ok $? "check fails with exit status 1 when the service is 10 % longer"

"$dtsim" report "$dir/slow.h5" -o "$dir/report" >/dev/null && [ -s "$dir/report/charts/stations.svg" ] &&
	! grep -q 'id="latency"' "$dir/report/index.html" && grep -q 'id="stations"' "$dir/report/index.html"
ok $? "the report has a table and a chart of the stations, and no section of the 5G network"
"$dtsim" trace "$dir/mm1.yaml" --text >"$dir/said" 2>&1
[ $? -eq 2 ] && grep -q 'sends no messages' "$dir/said"
ok $? "trace says that there are no messages"
"$dtsim" list metrics | grep -q '^station.abandoned_ratio' && "$dtsim" list metrics | grep -q '^network.sojourn'
ok $? "list metrics has those of stations"

tests/stat/validate.py --quick
[ $? -eq 0 ]
ok $? "all closed forms are inside their intervals at once"
