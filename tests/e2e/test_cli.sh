#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The commands that only look at scenarios, as a user meets them: what is printed where, exit status.
set -u
dtsim=${BUILD:-build}/dtsim
case $dtsim in /*) ;; *) dtsim=$PWD/$dtsim ;; esac
scenarios=$PWD/scenarios
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
status=0

# check SENTENCE STATUS COMMAND...: runs it, leaves out and err, compares the exit status.
check() {
	sentence=$1
	expected=$2
	shift 2
	"$@" >out 2>err </dev/null
	got=$?
	verdict "$sentence" test "$got" -eq "$expected"
}
verdict() {
	sentence=$1
	shift
	if "$@"; then
		echo "ok - $sentence"
	else
		echo "not ok - $sentence"
		sed 's/^/    out: /' out | head -20
		sed 's/^/    err: /' err | head -20
		status=1
	fi
}

check "help exits with 0" 0 "$dtsim" --help
verdict "help goes to standard output" test -s out
for command in run check-scenario explain summary report check decode vectors list; do
	verdict "help names $command" grep -q "dtsim $command" out
done
for command in run check-scenario explain summary report check decode vectors list; do
	check "$command --help exits with 0" 0 "$dtsim" $command --help
	verdict "$command --help shows its usage" grep -q "^usage: dtsim $command" out
done
check "without a command the exit status is 2" 2 "$dtsim"
verdict "without a command help goes to standard error" grep -q "dtsim run" err
check "an unknown command is bad usage" 2 "$dtsim" sumary
verdict "an unknown command names the nearest" grep -q 'nearest: `summary`' err
check "the version exits with 0" 0 "$dtsim" --version
verdict "the version is that of the source" grep -q "^dtsim [0-9]*\.[0-9]*\.[0-9]* (" out

for scenario in two-surgeons equivalence; do
	check "$scenario.yaml is good" 0 "$dtsim" check-scenario "$scenarios/$scenario.yaml"
	verdict "a good scenario is one line" test "$(wc -l <out)" -eq 1
	verdict "a good scenario says nothing on standard error" test ! -s err
	check "$scenario.yaml can be explained" 0 "$dtsim" explain "$scenarios/$scenario.yaml"
	verdict "explain shows T3510" grep -q "ue.t3510 .*TS 24.501" out
done

printf 'scenario: x\nsurgons: {}\nseed: -1\n' >bad.yaml
check "a bad scenario exits with 2" 2 "$dtsim" check-scenario bad.yaml
verdict "its first mistake has its place" grep -q '^bad.yaml:2:1: unknown key `surgons`; nearest known key: `surgeons`' err
verdict "its second mistake is there too" grep -q '^bad.yaml:3:7: seed: ' err
verdict "nothing goes to standard output" test ! -s out
check "a bad scenario is not run" 2 "$dtsim" run bad.yaml -o bad.h5
verdict "and leaves no file" test "$(ls)" = "$(printf 'bad.yaml\nerr\nout')"

check "explain lists assumptions alone" 0 "$dtsim" explain --assumptions "$scenarios/two-surgeons.yaml"
verdict "they are marked" grep -q '^\*  links.n2_delay' out
verdict "a measured value is not among them" sh -c '! grep -q service.udm_generate_a out'
verdict "a value of the scenario is not among them" sh -c '! grep -q operations.first out'
check "--set reaches explain" 0 "$dtsim" explain --set amf.t3560=4s "$scenarios/two-surgeons.yaml"
verdict "and says where it was set" grep -q 'amf.t3560 .*4 s .*--set' out
check "--set on variants that are not chosen is allowed" 0 "$dtsim" check-scenario --variant static \
	--set attacks.flood.rate=3/s "$scenarios/two-surgeons.yaml"
verdict "but a warning says that it changes nothing" grep -q '^warning: --set attacks.flood.rate' err
check "--variant is looked up" 2 "$dtsim" explain --variant flod "$scenarios/two-surgeons.yaml"
verdict "and names the nearest" grep -q 'nearest: `flood`' err
check "check-scenario wants a scenario" 2 "$dtsim" check-scenario
check "an option that is not there is bad usage" 2 "$dtsim" explain --asumption x.yaml

for list in nf attacks policies adversaries metrics params; do
	check "list $list exits with 0" 0 "$dtsim" list $list
	verdict "list $list has more than two lines" test "$(wc -l <out)" -gt 2
	verdict "no line of list $list is wider than 100" sh -c \
		'! LC_ALL=C tr -d "\200-\277" <out | grep -qE "^.{101}"'
done
check "list metrics says all of a metric" 0 "$dtsim" list metrics
for text in "scope: " "estimator: " "source: " "two or more failed" ".timer" ".added" ".lost" \
	"share of demands that never finished" "source=finished" "source=nf"; do
	verdict "list metrics says \"$text\"" grep -qF -- "$text" out
done
check "list params has keys of every module" 0 "$dtsim" list params
for key in amf.t3560 radio.bler service.udm_generate_a crypto_cost.kausf dt.pseudonym \
	adversaries.'<name>'.collude attacks.'<name>'.rate operations.jitter; do
	verdict "list params knows $key" grep -qF "  $key " out
done
check "list of something else is bad usage" 2 "$dtsim" list metric
verdict "and names the nearest list" grep -q 'nearest: `metrics`' err

check "summary --help says what null and inf are" 0 "$dtsim" summary --help
verdict "null is undefined" grep -q 'undefined value or bound is null' out

live=$(dirname "$scenarios")/tests/unit/models/msg/data/live_registration.json
# octets FIELD N: the N-th of the fields in the trace that have octets
octets() {
	grep -o "\"$1\": \"[0-9a-f]*\"" "$live" | sed -n "$2s/.*\"\([0-9a-f]*\)\"/\1/p"
}
check "a NAS message is decoded" 0 "$dtsim" decode nas "$(octets smc_complete_plain 1)"
verdict "its first line names the message and its clause" \
	grep -q '^0000  Security Mode Complete (TS 24.501 8.2.26)$' out
verdict "the message in its container is decoded, further in" \
	grep -q '^0012      Registration Request (TS 24.501 8.2.6)$' out
verdict "offsets count from the outermost octet" \
	grep -q '^0016        5GS mobile identity (9.11.3.4): SUCI 999-70, ' out
for n in 1 2 3 4 5 6 7 8; do
	check "NAS message $n of the trace is decoded" 0 "$dtsim" decode nas "$(octets nas_hex $n)"
done
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
	check "NGAP message $n of the trace is decoded" 0 "$dtsim" decode ngap "$(octets ngap_hex $n)"
done
check "a NAS PDU within NGAP is decoded" 0 "$dtsim" decode ngap "$(octets ngap_hex 4)"
verdict "so that RAND shows" grep -q 'RAND (9.11.3.16): 4e60ede48156b3fbd90e7aeb8f4ebd05$' out
check "an EAP packet is decoded, digits apart" 0 "$dtsim" decode eap 01:09:00:0c 32050000 "0A 01 00 00"
verdict "its attributes have their names" grep -q 'AT_PERMANENT_ID_REQ' out
check "what is no message exits with 1" 1 "$dtsim" decode nas 7e0044
verdict "cause and offset are said" grep -q '^0003  no message: cause 96 (invalid mandatory' out
check "no NGAP message exits with 1" 1 "$dtsim" decode ngap 00
check "no EAP packet exits with 1" 1 "$dtsim" decode eap 0309
check "half an octet is bad input" 2 "$dtsim" decode nas 7e0
check "a letter that is no digit is bad input" 2 "$dtsim" decode nas 7e00g4
verdict "the place of the letter is said" grep -q 'character 5 of' err
check "an unknown protocol is bad input" 2 "$dtsim" decode nsa 7e0043
verdict "the nearest protocol is named" grep -q 'nearest: `nas`' err
check "decode wants octets" 2 "$dtsim" decode nas

vectors=$(dirname "$scenarios")/tests/vector/data
check "all published known answers are given" 0 "$dtsim" vectors "$vectors"/*.json
verdict "the last line is the total" sh -c 'tail -1 out | grep -qE "^[1-9][0-9]+ passed, 0 failed$"'
verdict "and every case has a line" test "$(grep -c '^ok ' out)" = "$(tail -1 out | sed 's/ .*//')"
sed 's/"5bdcc146/"5bdcc147/' "$vectors/primitives.json" >wrong.json
check "a wrong answer exits with 1" 1 "$dtsim" vectors wrong.json
verdict "and is counted" grep -qx "4 passed, 1 failed" out
verdict "and is shown" grep -q '^FAILED .*RFC 4231 .*hmac_sha256 is 5bdcc146.*expected 5bdcc147' out
sed 's/"hmac_sha256"/"hmac_sha257"/' "$vectors/primitives.json" >unknown.json
check "an output that is not known exits with 1" 1 "$dtsim" vectors unknown.json
sed 's/"5bdcc146/"5bdcc14/' "$vectors/primitives.json" >odd.json
check "truncated hexadecimal exits with 2" 2 "$dtsim" vectors odd.json
verdict "and says where" grep -q '^dtsim: odd.json: case `RFC 4231 .*odd number of hexadecimal digits' err
check "vectors wants a file" 2 "$dtsim" vectors
check "a file that is not there exits with 2" 2 "$dtsim" vectors nowhere.json
rm -f wrong.json unknown.json odd.json

if [ -w /dev/full ]; then
	"$dtsim" list params >/dev/full 2>err
	verdict "a full disk is a run-time failure" test $? -eq 3
fi
exit $status
