#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What authenticates otherwise than by one 5G-AKA challenge: resynchronisation, EAP-AKA'.
set -u
dtsim=${BUILD:-build}/dtsim
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
py=/usr/bin/python3

ok() { # ok STATUS SENTENCE
	if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi
}
run() { # run FILE SCENARIO OPTION...
	out=$1; scenario=$2; shift 2
	"$dtsim" run "scenarios/$scenario" -o "$dir/$out" --quiet --force "$@" >"$dir/$out.log" 2>&1 ||
		{ echo "# dtsim run $scenario $* failed:"; sed 's/^/# /' "$dir/$out.log"; }
}
digest() {
	"$dtsim" summary "$1" --json | $py -c "import json,sys; print(json.load(sys.stdin)['protocol_digest'])"
}
engines_agree() { # engines_agree SCENARIO NATIVE.h5
	[ "${WITH_NS3:-1}" = 1 ] || return 0
	run ns3.h5 "$1" --engine ns3
	a=$(digest "$dir/$2")
	echo "$a" | grep -qxE '[0-9a-f]{64}' && [ "$a" = "$(digest "$dir/ns3.h5")" ]
	ok $? "$1: native and ns3 have the same protocol digest"
}

cat >"$dir/known.py" <<'E2'
import h5py, sys
f = h5py.File(sys.argv[1])
names = [n.decode() for n in f['names']['counter'][:]]
keys = ('variant', 'replication', 'counter', 'value')
count = {}
for v, r, c, n in zip(*(f['counter'][k][:] for k in keys)):
    count.setdefault((int(v), int(r)), {})[names[c]] = int(n)
latency = {k: f['latency'][k][:] for k in f['latency']}
AUTH, OK = 2, 0
auth = (latency['metric'] == AUTH) & (latency['outcome'] == OK)
def subscribers(variant, replication):
    mine = auth & (latency['variant'] == variant) & (latency['replication'] == replication)
    return set(latency['entity'][mine].tolist())
def mean(column, variant):
    return latency[column][auth & (latency['variant'] == variant)].mean() / 1e6
E2
check() { # check FILE SENTENCE < python
	{ cat "$dir/known.py"; cat; } >"$dir/check.py"
	$py "$dir/check.py" "$dir/$1"
	ok $? "$2"
}

# ---- resynchronisation ----
run resync.h5 resync.yaml
check resync.h5 "each subscriber of a restored database fails once, by synch failure, and then registers" <<'E2'
failures = 'Authentication Failures received (AMF.AuthFail)'
for r in range(5):
    c = count[1, r]
    assert len(subscribers(1, r)) > 100
    assert c[failures] == c['resynchronisations of SQN asked of the UDM'] == len(subscribers(1, r))
    assert c['Authentication Rejects sent (AMF.AuthReject)'] == 0
    assert c['Registration Rejects sent (RM.RegInitFail)'] == 0
    assert count[0, r][failures] == 0
E2
check resync.h5 "a synch failure adds two NAS messages and three calls of the SBI" <<'E2'
for r in range(5):
    more = count[1, r]['messages sent between nodes'] - count[0, r]['messages sent between nodes']
    assert more == (2 + 3 * 2) * len(subscribers(1, r)), (more, len(subscribers(1, r)))
E2
engines_agree resync.yaml resync.h5

# ---- EAP-AKA' ----
run eap.h5 eap-aka-prime.yaml
check eap.h5 "both methods authenticate the same subscribers at the first challenge, each under its name" <<'E2'
names_of = {0: 1, 1: 2, 2: 2} # 5g-aka, eap-aka-prime
for v, method in names_of.items():
    assert set(latency['method'][auth & (latency['variant'] == v)].tolist()) == {method}
for r in range(5):
    assert len(subscribers(0, r)) > 100
    assert subscribers(0, r) == subscribers(1, r) == subscribers(2, r)
    for v in names_of:
        assert count[v, r]['Registration Rejects sent (RM.RegInitFail)'] == 0
        assert count[v, r]['Authentication Rejects sent (AMF.AuthReject)'] == 0
        assert count[v, r]['events that a state machine did not permit'] == 0
    sent = 'messages sent between nodes'
    assert count[0, r][sent] == count[1, r][sent]
E2
check eap.h5 "a synch failure within EAP adds one round of EAP and three calls of the SBI" <<'E2'
sent = 'messages sent between nodes'
for r in range(5):
    n = len(subscribers(2, r))
    assert count[2, r]['resynchronisations of SQN asked of the UDM'] == n
    assert count[2, r][sent] - count[1, r][sent] == (2 + 3 * 2) * n
    requests = 'Authentication Requests sent (AMF.AuthReq)'
    assert count[2, r][requests] - count[1, r][requests] == n
E2
"$dtsim" summary "$dir/eap.h5" >"$dir/eap.txt"
grep -q '^  5g_aka  *5g-aka  *[0-9.]* ms' "$dir/eap.txt" &&
	grep -q '^  eap_aka_prime  *eap-aka-prime  *[0-9.]* ms' "$dir/eap.txt"
ok $? "the summary compares the two methods"
grep -qE '^  What eap_resync adds: .*% radio, .*% service' "$dir/eap.txt"
ok $? "and says where the time goes that resynchronising adds"
engines_agree eap-aka-prime.yaml eap.h5

# ---- the home network asks for it ----
run again.h5 resync.yaml --variant in_step --set udm.reauthentication_interval=1h
check again.h5 "with an hour's interval registered subscribers are authenticated again, and nothing fails" <<'E2'
asked = 're-authentications asked for by the home network'
for r in range(5):
    c = count[0, r]
    assert c[asked] > 100
    assert c['Authentication Failures received (AMF.AuthFail)'] == 0
    assert c['Authentication Requests sent (AMF.AuthReq)'] > c['initial Registration Requests received (RM.RegInitReq)']
E2
run linked.h5 resync.yaml --variant in_step --set udm.link_registration=true
check linked.h5 "a registration right after an authentication passes the home network's check" <<'E2'
for r in range(5):
    assert count[0, r]['registrations refused for want of a recent authentication'] == 0
    assert count[0, r]['Registration Rejects sent (RM.RegInitFail)'] == 0
    assert len(subscribers(0, r)) > 100
E2
