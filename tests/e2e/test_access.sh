#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Untrusted non-3GPP access in a whole world: scenarios/non-3gpp.yaml.
set -u
dtsim=${BUILD:-build}/dtsim
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
py=/usr/bin/python3

ok() { # ok STATUS SENTENCE
	if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi
}
run() { # run FILE OPTION...
	out=$1; shift
	"$dtsim" run scenarios/non-3gpp.yaml -o "$dir/$out" --quiet "$@" >"$dir/$out.log" 2>&1 ||
		{ echo "# dtsim run $* failed:"; sed 's/^/# /' "$dir/$out.log"; }
}
digest() {
	"$dtsim" summary "$1" --json | $py -c "import json,sys; print(json.load(sys.stdin)['protocol_digest'])"
}
check() { # check FILE SENTENCE < python
	{ cat <<'E2'; cat; } >"$dir/check.py"
import h5py, sys
f = h5py.File(sys.argv[1])
names = [n.decode() for n in f['names']['counter'][:]]
count = {}
for v, r, c, n in zip(*(f['counter'][k][:] for k in ('variant', 'replication', 'counter', 'value'))):
    count.setdefault((int(v), int(r)), {})[names[c]] = int(n)
latency = {k: f['latency'][k][:] for k in f['latency']}
REGISTRATION, OK, BACKGROUND = 0, 0, 2
done = (latency['metric'] == REGISTRATION) & (latency['outcome'] == OK)
def registered(variant, access=None):
    mine = done & (latency['variant'] == variant) & (latency['class'] == BACKGROUND)
    if access is not None:
        mine &= latency['access'] == access
    return set(zip(latency['replication'][mine].tolist(), latency['entity'][mine].tolist()))
E2
	$py "$dir/check.py" "$dir/$1"
	ok $? "$2"
}

run native.h5
check native.h5 "the same subscribers register over either access, and nothing fails" <<'E2'
assert len(registered(0)) > 400
assert registered(0, 0) == registered(1, 1) == registered(2)
assert not registered(0, 1) and not registered(1, 0)
for (v, r), c in count.items():
    assert c['Registration Rejects sent (RM.RegInitFail)'] == 0
    assert c['events that a state machine did not permit'] == 0
    assert c['IKE SAs given up'] == 0 and c['IKE requests sent again (RFC 7296 2.1)'] == 0
E2
check native.h5 "of a mixed population about as many as asked for are behind the N3IWF" <<'E2'
share = len(registered(2, 1)) / len(registered(2))
assert 0.25 < share < 0.41, share
E2
check native.h5 "six round trips with the N3IWF take at least six times the path" <<'E2'
slow = done & (latency['variant'] == 1)
assert latency['total_ns'][slow].min() > 6 * 2 * (10e6 + 2e6)
E2
"$dtsim" summary "$dir/native.h5" >"$dir/native.txt"
grep -q '^  nr  *3gpp  *[0-9.]* ms' "$dir/native.txt" &&
	grep -q '^  n3iwf  *non-3gpp  *[0-9.]* ms' "$dir/native.txt"
ok $? "the summary compares the two accesses"

run once.h5 --replications 2
run again.h5 --replications 2 -j 1
cmp -s "$dir/once.h5" "$dir/again.h5"
ok $? "the same scenario and seed give the same octets"
if [ "${WITH_NS3:-1}" = 1 ]; then
	run ns3.h5 --replications 2 --engine ns3
	a=$(digest "$dir/once.h5")
	echo "$a" | grep -qxE '[0-9a-f]{64}' && [ "$a" = "$(digest "$dir/ns3.h5")" ]
	ok $? "native and ns3 have the same protocol digest"
fi
run lossy.h5 --variant n3iwf --set wlan.loss=2% --set links.loss=0.5%
check lossy.h5 "with losses on the way requests are sent again, and everybody registers" <<'E2'
for (v, r), c in count.items():
    assert c['IKE requests sent again (RFC 7296 2.1)'] > 0
assert len(registered(0)) > 400
E2
