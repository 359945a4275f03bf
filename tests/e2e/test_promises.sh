#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the first run promises, line by line, on the shipped scenarios with few replications.
set -u
dtsim=${BUILD:-build}/dtsim
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
py=/usr/bin/python3

ok() { # ok STATUS SENTENCE
	if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi
}
same() { [ -s "$1" ] && cmp -s "$1" "$2"; }
digests() { $py -c "import json,sys; d=json.load(sys.stdin); print(d['protocol_digest'], d['event_digest'])"; }
protocol() { "$dtsim" summary "$1" --json | digests | cut -d' ' -f1; }
is_digest() { echo "$1" | grep -qxE '[0-9a-f]{64}'; }
event() { "$dtsim" summary "$1" --json | digests | cut -d' ' -f2; }
small="--quiet --replications 3 --set background.count=60 --set probes.interval=20min"
run() { # run FILE SCENARIO OPTION...
	out=$1; scenario=$2; shift 2
	"$dtsim" run "scenarios/$scenario" -o "$dir/$out" "$@" >"$dir/$out.log" 2>&1 ||
		{ echo "# dtsim run $scenario $* failed:"; sed 's/^/# /' "$dir/$out.log"; }
}

# ---- the same octets whatever the workers, other octets for another seed ----
for j in 1 2 5; do run "j$j.h5" two-surgeons.yaml $small -j$j --variant static --variant ausf_crash; done
same "$dir/j1.h5" "$dir/j2.h5" && same "$dir/j1.h5" "$dir/j5.h5"
ok $? "the result has the same octets for -j1, -j2 and -j5"
run seed.h5 two-surgeons.yaml $small --seed 99 --variant static --variant ausf_crash
is_digest "$(event "$dir/j1.h5")" && is_digest "$(event "$dir/seed.h5")" &&
	[ "$(event "$dir/j1.h5")" != "$(event "$dir/seed.h5")" ]
ok $? "another seed gives another event digest"

# ---- the same octets whatever the compiler ----
other=clang
case ${CC:-gcc} in *clang*) other=gcc ;; esac
if env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s -j2 CC=$other WITH_NS3=0 \
	BUILD="${BUILD:-build}/$other" "${BUILD:-build}/$other/dtsim" >"$dir/$other.log" 2>&1; then
	first=$dtsim
	dtsim=${BUILD:-build}/$other/dtsim
	run compiler.h5 two-surgeons.yaml $small -j2 --variant static --variant ausf_crash
	dtsim=$first
else
	sed 's/^/# /' "$dir/$other.log"
fi
same "$dir/j1.h5" "$dir/compiler.h5"
ok $? "the result has the same octets when $other has compiled the program"

# ---- every cryptographic mode, both engines ----
run real.h5 equivalence.yaml --quiet --set crypto.all=real
is_digest "$(protocol "$dir/real.h5")"
ok $? "real cryptography has a protocol digest"
for mode in memoised pooled cost; do
	run $mode.h5 equivalence.yaml --quiet --set crypto.all=$mode
	[ "$(protocol "$dir/real.h5")" = "$(protocol "$dir/$mode.h5")" ] &&
		[ "$(event "$dir/real.h5")" = "$(event "$dir/$mode.h5")" ]
	ok $? "real and $mode cryptography have the same digests"
done
$py - "$dir" <<'E2'
import h5py, numpy, sys
counters = [h5py.File(f'{sys.argv[1]}/{m}.h5')['counter/value'][:]
            for m in ('real', 'memoised', 'pooled', 'cost')]
assert counters[0].size > 0 and all(numpy.array_equal(counters[0], c) for c in counters[1:])
E2
ok $? "every cryptographic mode counts the same"
advantage() { # advantage FILE ADVERSARY
	"$dtsim" summary "$dir/$1" --json | $py -c "import json, sys
print([m['value'] for m in json.load(sys.stdin)['metrics'] if m['name'] == 'link.advantage'
       and m['scope'] == {'variant': 'per_session', 'adversary': '$2'}])"
}
run few-keys.h5 equivalence.yaml --quiet --set crypto.all=pooled --set crypto.pool=10
[ "$(advantage few-keys.h5 radio)" = "[None]" ] &&
	[ "$(advantage few-keys.h5 all-hospitals)" = "$(advantage real.h5 all-hospitals)" ]
ok $? "a radio eavesdropper has no score where the pool's keys repeat; the hospitals have theirs"
run others-keys.h5 equivalence.yaml --quiet --set crypto.background=pooled --set crypto.pool=10
[ "$(advantage others-keys.h5 radio)" = "$(advantage real.h5 radio)" ] &&
	[ "$(advantage pooled.h5 radio)" != "[None]" ]
ok $? "it has one where the keys suffice, and where only the others' repeat"
"$dtsim" summary "$dir/few-keys.h5" | grep -q "^Cryptography: pooled, pool of 10.$"
ok $? "the summary says how cryptography was computed"
if [ "${WITH_NS3:-1}" = 1 ]; then
	run native.h5 equivalence.yaml --quiet
	run ns3.h5 equivalence.yaml --quiet --engine ns3
	is_digest "$(protocol "$dir/ns3.h5")" &&
		[ "$(protocol "$dir/native.h5")" = "$(protocol "$dir/ns3.h5")" ]
	ok $? "native and ns3 have the same protocol digest on loss-free fixed delays"
fi

# ---- an attack of rate zero is its twin ----
run zero.h5 two-surgeons.yaml $small --variant flood --set attacks.flood.rate=0/s
$py - "$dir/zero.h5" <<'E2'
import h5py, sys
f = h5py.File(sys.argv[1])
v, r, d = (f['replications'][c][:] for c in ('variant', 'replication', 'event_digest'))
by = {(int(a), int(b)): bytes(c) for a, b, c in zip(v, r, d)}
variants = sorted({a for a, _ in by})
assert len(variants) == 2
assert all(by[(variants[0], k)] == by[(variants[1], k)] for k in range(3))
E2
ok $? "a flood of rate zero has its twin's event digest in every replication"

# ---- what the variants show ----
run all.h5 two-surgeons.yaml --quiet --replications 8 --set background.count=300
"$dtsim" summary "$dir/all.h5" --json >"$dir/all.json"
cat >"$dir/metric.py" <<'E2'
import json, sys
metrics = json.load(open(sys.argv[1]))['metrics']
def metric(name, stat=None, **scope):
    found = [m for m in metrics if m['name'] == name and (stat is None or m['stat'] == stat)
             and all(m['scope'].get(k) == v for k, v in scope.items())]
    assert found, (name, stat, scope)
    return found[0]
E2
check() { # check SENTENCE < python
	{ cat "$dir/metric.py"; cat; } >"$dir/check.py"
	$py "$dir/check.py" "$dir/all.json"
	ok $? "$1"
}
check "static pseudonyms, all hospitals colluding: advantage 1" <<'E2'
assert metric('link.advantage', variant='static', adversary='all-hospitals')['value'] == 1
E2
check "a pseudonym per session, all hospitals colluding: the interval contains 0" <<'E2'
low, high = metric('link.advantage', variant='per_session', adversary='all-hospitals')['ci']
assert low <= 0 <= high
E2
check "fresh SUCIs of profile A, a radio eavesdropper: the interval contains 0" <<'E2'
low, high = metric('link.advantage', variant='per_session', adversary='radio')['ci']
assert low <= 0 <= high
E2
check "an adversary that ignores its input has advantage 0 exactly, in every variant" <<'E2'
found = [m for m in metrics if m['name'] == 'link.advantage' and m['scope']['adversary'] == 'blind']
assert len(found) == 5 and all(m['value'] == 0 for m in found)
E2
check "what is disclosed to the care team identifies the surgeon" <<'E2'
assert metric('link.advantage', variant='per_session', adversary='all-disclosed')['value'] == 1
E2
check "the flood lowers the success of registration, and the surgeons' numbers show it" <<'E2'
for c in ('background', 'surgeon'):
    a = metric('registration.success_ratio', variant='flood', **{'class': c})['value']
    b = metric('registration.success_ratio', variant='per_session', **{'class': c})['value']
    assert a < b, (c, a, b)
E2

# ---- parts sum to the whole, for every sample ----
$py - "$dir/all.h5" <<'E2'
import h5py, numpy, sys
t = h5py.File(sys.argv[1])['latency']
total = t['total_ns'][:]
parts = sum(t[c][:] for c in ('radio_ns', 'transport_ns', 'queueing_ns', 'service_ns', 'crypto_ns', 'timer_ns'))
done = total >= 0
assert done.sum() > 1000 and numpy.array_equal(parts[done], total[done])
E2
ok $? "the parts of every latency sum to the whole, to the nanosecond"

# ---- messages are neither made nor lost ----
$py - "$dir/all.h5" <<'E2'
import h5py, sys
f = h5py.File(sys.argv[1])
names = [n.decode() for n in f['names']['counter'][:]]
t = f['counter']
rows = {}
for v, r, c, n in zip(t['variant'][:], t['replication'][:], t['counter'][:], t['value'][:]):
    rows.setdefault((v, r), {})[names[c]] = int(n)
assert len(rows) == 40
for c in rows.values():
    assert c['messages sent between nodes'] == (c['messages delivered'] +
        c['messages dropped by links'] + c['messages in flight at the end'])
E2
ok $? "sent = delivered + dropped + in flight, in every replication"

# ---- the verdict ----
few="--quiet --replications 8 --set background.count=300 --variant per_session"
run base.h5 two-surgeons.yaml $few
"$dtsim" summary "$dir/base.h5" --json >"$dir/base.json"
run other.h5 two-surgeons.yaml $few --seed 4711
"$dtsim" check "$dir/other.h5" --against "$dir/base.json" >"$dir/check.log" 2>&1
ok $? "check passes on another seed of the same scenario"
run slow.h5 two-surgeons.yaml $few --set "service.amf_smc_complete=1.363ms"
"$dtsim" check "$dir/slow.h5" --against "$dir/base.json" >"$dir/check.log" 2>&1
[ $? -eq 1 ]
ok $? "check fails with exit status 1 when one service time is 20 % longer"

# ---- the baselines that ship ----
"$dtsim" run scenarios/equivalence.yaml --quiet -o "$dir/equal.h5" >"$dir/equal.log" 2>&1
[ "$(digests <results/reference/equivalence.json | cut -d' ' -f1)" = "$(protocol "$dir/equal.h5")" ]
ok $? "equivalence.yaml has the protocol digest of its baseline"
"$dtsim" check "$dir/equal.h5" --against results/reference/equivalence.json >"$dir/check.log" 2>&1
ok $? "equivalence.yaml passes against its baseline"
run six.h5 two-surgeons.yaml --quiet --replications 6 --seed 31
"$dtsim" check "$dir/six.h5" --against results/reference/two-surgeons.json >"$dir/check.log" 2>&1
status=$?
[ $status -eq 0 ] || sed 's/^/# /' "$dir/check.log"
ok $status "two-surgeons.yaml with another seed passes against its baseline"

# ---- interruption ----
"$dtsim" run scenarios/two-surgeons.yaml -o "$dir/cut.h5" -j1 $few >"$dir/cut.log" 2>&1 &
pid=$!
for _ in $(seq 1000); do # the journal rests at some size once a replication stands in it
	before=$(stat -c %s "$dir/cut.h5.part" 2>/dev/null || echo 0)
	sleep 0.05
	[ "$before" -gt 50000 ] && [ "$before" = "$(stat -c %s "$dir/cut.h5.part" 2>/dev/null)" ] && break
done
kill -TERM "$pid"
wait "$pid"
[ $? -eq 3 ] && [ -s "$dir/cut.h5.part" ] && [ ! -e "$dir/cut.h5" ]
ok $? "a run that is stopped ends with exit status 3 and keeps its finished replications"
"$dtsim" run scenarios/two-surgeons.yaml -o "$dir/cut.h5" -j2 $few >"$dir/cut2.log" 2>&1
same "$dir/cut.h5" "$dir/base.h5"
ok $? "the same command continues it to the octets of an uninterrupted run"

# ---- memory ----
$py -c "import json; assert 0 < json.load(open('$dir/all.meta.json'))['course']['worker_peak_octets'] < 300e6"
ok $? "no process of a run needs 300 MB"
