#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# check.sh BUILD [--update]: instructions by callgrind of an event with a timer started and stopped,
# of a registration over the whole network with its cryptography, and of one in mode cost with its
# UE's set-up, each from the difference of a long and a short run. Fails when one is more than 3 %
# above bench/reference.json; --update writes that file anew.
set -eu
build=$1
reference=bench/reference.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The parent's and the workers' instructions.
instructions() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" >"$work/out" 2>&1 || {
		cat "$work/out" >&2
		exit 3
	}
	awk '/Collected :/ {sum += $NF} END {printf "%.0f\n", sum}' "$work/out"
}

event_loop() {
	instructions "$build/bench/count/event_loop" "$1"
}

registrations() {
	instructions "$build/dtsim" run scenarios/validation/open5gs-load.yaml --quiet -j 1 \
		--replications 1 --set load.rate=100/s --set load.process=paced \
		--set "duration=${1}s" -o "$work/$1.h5"
}

# The UEs of a population register once.
registrations_in_cost() {
	instructions "$build/dtsim" run scenarios/reregister-1m.yaml --quiet -j 1 \
		--set "populations.phones.count=$1" --set duration=31s -o "$work/cost-$1.h5"
}

# per FUNCTION SHORT LONG TIMES: of one, when the argument counts TIMES ones
per() {
	short=$("$1" "$2")
	long=$("$1" "$3")
	echo $(((long - short) / (($3 - $2) * $4)))
}

loop=$(per event_loop 5 25 10000)
registration=$(per registrations 5 15 100)
in_cost=$(per registrations_in_cost 1000 5000 1)

if [ "${2-}" = --update ]; then
	printf '{\n"event_loop": %s,\n"registration": %s,\n"registration_in_cost": %s\n}\n' \
		"$loop" "$registration" "$in_cost" >$reference
fi
status=0
for pair in "event_loop $loop" "registration $registration" "registration_in_cost $in_cost"; do
	name=${pair% *} now=${pair#* }
	then=$(sed -n "s/^\"$name\": \([0-9]*\).*/\1/p" $reference)
	echo "$name: $now instructions, $then in $reference"
	[ $((now * 100)) -le $((then * 103)) ] || {
		echo "$name: more than 3 % above $reference" >&2
		status=1
	}
done
exit $status
