#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Roaming in a whole world: scenarios/roaming.yaml (TS 33.501 6.1, 13).
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
	"$dtsim" run "${scenario:-scenarios/roaming.yaml}" -o "$dir/$out" --quiet "$@" >"$dir/$out.log" 2>&1 ||
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
REGISTRATION, AUTH, OK, FAILED, BACKGROUND = 0, 2, 0, 1, 2
HANDSHAKES, REFUSED = 'N32-c handshakes begun', 'requests that a SEPP refused for want of an N32-f context'
def registered(variant, roaming=None):
    mine = (latency['metric'] == REGISTRATION) & (latency['outcome'] == OK) & \
           (latency['variant'] == variant) & (latency['class'] == BACKGROUND)
    if roaming is not None:
        mine &= latency['roaming'] == roaming
    return set(zip(latency['replication'][mine].tolist(), latency['entity'][mine].tolist()))
E2
	$py "$dir/check.py" "$dir/$1"
	ok $? "$2"
}

run native.h5
check native.h5 "the same subscribers register at home and abroad, by TLS and by PRINS, and nothing fails" <<'E2'
assert len(registered(0)) > 400
assert registered(0, 0) == registered(1, 1) == registered(2, 1) == registered(3)
assert not registered(0, 1) and not registered(1, 0)
for (v, r), c in count.items():
    assert c['Registration Rejects sent (RM.RegInitFail)'] == 0
    assert c['events that a state machine did not permit'] == 0
    assert c[REFUSED] == 0 and c[HANDSHAKES] == (v > 0)
E2
check native.h5 "of a mixed population about as many as asked for are abroad" <<'E2'
share = len(registered(3, 1)) / len(registered(3))
assert 0.25 < share < 0.41, share
E2
check native.h5 "a registration abroad passes N32 fourteen times" <<'E2'
def least(variant):
    mine = (latency['metric'] == REGISTRATION) & (latency['outcome'] == OK) & (latency['variant'] == variant)
    return latency['transport_ns'][mine].min()
for variant in 1, 2: # seven calls to AUSF and UDM, there and back, 20 ms each way
    assert 280e6 < least(variant) - least(0) < 290e6, least(variant) - least(0)
E2
"$dtsim" summary "$dir/native.h5" >"$dir/native.txt"
grep -q '^  home  *home  *[0-9.]* ms' "$dir/native.txt" &&
	grep -q '^  roaming-tls  *visited  *[0-9.]* ms' "$dir/native.txt"
ok $? "the summary compares home and visited network"

run once.h5 --replications 2
run again.h5 --replications 2 -j 1
cmp -s "$dir/once.h5" "$dir/again.h5"
ok $? "the same scenario and seed give the same octets"
if [ "${WITH_NS3:-1}" = 1 ]; then
	run ns3.h5 --replications 2 --engine ns3
	a=$(digest "$dir/once.h5")
	echo "$a" | grep -qxE '[0-9a-f]{64}' && [ "$a" = "$(digest "$dir/ns3.h5")" ]
	ok $? "native and ns3 have the same protocol digest: what passes N32 is read as it was meant"
	check ns3.h5 "no message that travelled as octets was unreadable" <<'E2'
assert all(c['messages whose octets could not be decoded'] == 0 for c in count.values())
E2
fi

# TS 33.501 6.1.2: the AUSF serves no network that is not entitled.
run stranger.h5 --replications 1 --variant roaming-tls --set roaming.agreement=false
check stranger.h5 "without an agreement nobody registers abroad, with cause #73" <<'E2'
assert not registered(0)
failed = (latency['metric'] == AUTH) & (latency['outcome'] == FAILED)
assert failed.sum() > 100 and set(latency['cause'][failed].tolist()) == {73}
assert not ((latency['metric'] == AUTH) & (latency['outcome'] == OK)).any()
E2

cat >"$dir/crash.yaml" <<E2
extends: $PWD/scenarios/roaming.yaml
scenario: sepp-crash
variants:
  home: ~
  roaming-tls: ~
  roaming-prins: ~
  mixed: ~
  down:
    roaming: {surgeons: true, background: 1}
    attacks: {crash: {kind: crash, nf: sepp, start: 4h, duration: 30min}}
  visited_down:
    roaming: {surgeons: true, background: 1, n32: prins}
    attacks: {crash: {kind: crash, nf: visited sepp, start: 4h, duration: 30min}}
E2
scenario=$dir/crash.yaml
run crash.h5 --replications 3
check crash.h5 "a SEPP that has crashed makes a new N32 context with the first message that needs it" <<'E2'
attacked = [v for v, h in enumerate(f.attrs['hidden']) if not h]
assert len(attacked) == 2
assert all(count[v, r][HANDSHAKES] >= 2 and count[v, r][REFUSED] >= 1 for v in attacked for r in range(3))
UP = (4 * 3600 + 1800) * 1e9
for v in attacked:
    late = (latency['metric'] == REGISTRATION) & (latency['variant'] == v) & (latency['start_ns'] > UP + 60e9)
    assert late.sum() > 100 and (latency['outcome'][late] == OK).all()
    down = (latency['metric'] == AUTH) & (latency['variant'] == v) & \
           (latency['start_ns'] > 4 * 3600e9) & (latency['start_ns'] < UP - 30e9)
    assert down.sum() > 0 and (latency['outcome'][down] == FAILED).all()
E2
unset scenario

if command -v tshark >/dev/null; then
	"$dtsim" trace scenarios/roaming.yaml --variant roaming-prins --to 8h --pcap "$dir/roaming.pcapng" \
		>"$dir/trace.log" 2>&1
	bad=$(tshark -r "$dir/roaming.pcapng" -Y '_ws.malformed or _ws.expert.severity == error' 2>/dev/null | wc -l)
	passed=$(tshark -r "$dir/roaming.pcapng" -Y \
		'frame.interface_name == "N32" and http2.headers.path == "/n32f-forward/v1/n32f-process"' 2>/dev/null | wc -l)
	[ "$bad" -eq 0 ] && [ "$passed" -gt 100 ]
	ok $? "Wireshark reads N32-f by PRINS on an interface of its own ($passed requests), and nothing is malformed"
	! tshark -r "$dir/roaming.pcapng" -Y 'frame.interface_name == "N32" and frame contains "imsi-"' 2>/dev/null | grep -q .
	ok $? "no SUPI is in clear on N32 with PRINS"
fi
