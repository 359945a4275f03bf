#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# check-layers.sh finds each kind of violation: planted one at a time into a copy of the sources.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
(cd "$root" && tar cf - sim models scenarios results analysis cli) | tar xf - -C "$copy"
failed=0

report() { # report STATUS NAME
	if [ "$1" -eq 0 ]; then
		echo "ok - $2"
	else
		echo "not ok - $2"
		failed=1
	fi
}

check() {
	said=$("$root/tests/check-layers.sh" "$copy" 2>&1)
	status=$?
}

# expect FILE REST-OF-LINE NAME: refused, the complaint begins with the file and a line and says REST
expect() {
	check
	[ "$status" -eq 1 ] && [ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] &&
		printf '%s\n' "$said" | grep -qE "^$1:[0-9]+: .*$2"
	result=$?
	[ "$result" -eq 0 ] || printf '# exit status %s, said: %s\n' "$status" "$said"
	report "$result" "$3"
}

# plant FILE INCLUDE WHY: adds the include to the file (made if there is none), checks, takes it back
plant() {
	saved=
	if [ -e "$copy/$1" ]; then
		saved=$copy/saved
		cp "$copy/$1" "$saved"
	fi
	printf '#include %s\n' "$2" >>"$copy/$1"
	target=$(printf '%s' "$2" | tr -d '<>"')
	expect "$1" "$1 may not include $target: .*$3" "$1 may not include $target"
	if [ -n "$saved" ]; then
		mv "$saved" "$copy/$1"
	else
		rm "$copy/$1"
	fi
}

check
[ "$status" -eq 0 ] && [ -z "$said" ]
result=$?
[ "$result" -eq 0 ] || printf '%s\n' "$said" | sed 's/^/# /'
report "$result" "the tree as it is passes"

plant sim/core/sim.c '"sim/net/net.h"' 'stands alone'
plant sim/core/sim.c '"models/nf/nf.h"' 'stands alone'
plant sim/net/net.c '"models/msg/msg.h"' 'only sim'
plant sim/net/net.c '"sim/ns3/ns3c.h"' 'ns-3 bindings'
plant sim/native/native.c '"results/h5.h"' 'only sim'
plant sim/net/net.c '<ns3/core-module.h>' 'meets ns-3'
plant sim/ns3/engine_ns3.c '<ns3/core-module.h>' 'meets ns-3'
plant cli/run.c '"sim/ns3/ns3c.h"' 'ns-3 bindings'
plant cli/ranks.c '<mpi.h>' 'meets MPI'
plant models/id/suci.c '"models/nf/nf.h"' 'pure'
plant models/id/suci.c '"sim/core/sim.h"' 'pure'
plant models/crypto/kdf.c '"sim/core/rng.h"' 'pure'
plant models/msg/msg.c '"sim/core/evq.h"' 'pure'
plant models/record/record.c '"sim/net/net.h"' 'pure'
plant models/nf/amf.c '"models/nf/udm.h"' 'only by a message'
plant models/nf/amf_extra.c '"models/nf/ausf.h"' 'only by a message'
plant models/nf/relay.c '"models/nf/udm.h"' 'only by a message'
plant models/nf/network.c '"models/nf/amf_state.h"' 'only by a message'
plant models/nf/home.h '"models/nf/udr.h"' 'only by a message'
plant models/nf/witness.c '"models/nf/ue.h"' 'only by a message'
plant models/nf/twin_session.c '"models/nf/hospital.h"' 'only by a message'
plant models/nf/surgeon.c '"models/nf/dtf.h"' 'only by a message'
plant models/nf/amf.c '"models/nf/sections.h"' 'for the scenarios'
plant models/nf/nf.c '"models/nf/sections.h"' 'for the scenarios'
plant models/nf/amf.c '"scenarios/config.h"' 'nothing above'
plant models/nf/amf.c '"results/writer.h"' 'nothing above'
plant models/radio/radio.c '"analysis/stat/moment.h"' 'nothing above'
plant models/nf/nf.c '"sim/native/native.h"' 'nothing above'
plant models/attack/attack.c '"models/record/truth.h"' 'ground truth'
plant analysis/link/view.c '"models/record/truth.h"' 'ground truth'
plant models/nf/hospital.c '"models/record/truth.h"' 'by the witness'
plant analysis/report/rep_link.c '"models/record/truth.h"' 'by metrics alone'
plant analysis/link/view.c '"models/record/record.h"' 'its view'
plant analysis/link/view.c '"models/record/tables.h"' 'its view'
plant analysis/link/radio.c '"results/reader.h"' 'its view'
plant analysis/link/radio.c '"analysis/metric/game.h"' 'its view'
plant analysis/link/radio.c '"sim/core/sim.h"' 'its view'
plant models/record/adversary.h '"models/record/record.h"' 'its view'
plant models/record/adversary.h '"models/record/truth.h"' 'its view'
plant models/record/enums.h '"models/record/tables.h"' 'its view'
plant models/attack/attack.c '"models/nf/amf_state.h"' 'atk_port'
plant models/attack/attack.c '"models/nf/witness.h"' 'atk_port'
plant models/attack/attack.c '"models/record/record.h"' 'atk_port'
plant models/attack/attack.h '"sim/net/net.h"' 'atk_port'
plant models/policy/policy.c '"sim/core/sim.h"' 'pol_view'
plant models/policy/policy.c '"sim/core/rng.h"' 'pol_view'
plant models/policy/policy.c '"models/record/record.h"' 'pol_view'
plant models/policy/policy.c '"models/nf/nf.h"' 'pol_view'
plant analysis/metric/link.c '"scenarios/load.h"' 'recorded results'
plant analysis/metric/link.c '"sim/net/station.h"' 'recorded results'
plant analysis/stat/moment.c '"models/attack/attack.h"' 'recorded results'
plant results/writer.c '"scenarios/config.h"' 'without models'
plant results/writer.c '"models/nf/nf.h"' 'without models'
plant scenarios/load.c '"analysis/stat/moment.h"' 'above them'
plant scenarios/load.c '"cli/run.h"' 'above them'
plant cli/run.c '"../models/nf/nf.h"' 'from the root'

cp "$copy/models/nf/udm.c" "$copy/saved"
echo '#include "udr.h"' >>"$copy/models/nf/udm.c"
expect models/nf/udm.c 'may not include models/nf/udr.h: .*only by a message' \
	'an include without a directory is the file beside'
mv "$copy/saved" "$copy/models/nf/udm.c"

for entry in 'models/nf/nf_list.h NF models/nf/' 'models/policy/pol_list.h POLICY models/policy/pol_' \
	'models/attack/atk_list.h ATTACK models/attack/atk_' \
	'analysis/link/adv_list.h ADVERSARY analysis/link/' \
	'analysis/metric/met_list.h METRIC analysis/metric/'; do
	# shellcheck disable=SC2086 # three words
	set -- $entry
	cp "$copy/$1" "$copy/saved"
	echo "$2(ghost)" >>"$copy/$1"
	expect "$1" "ghost is listed, but $3ghost.c does not exist" "a line of $1 without a file is refused"
	mv "$copy/saved" "$copy/$1"
done

for entry in 'models/policy/pol_ghost.c pol_entry pol_ghost models/policy/pol_list.h' \
	'models/attack/atk_ghost.c atk_entry atk_ghost models/attack/atk_list.h' \
	'analysis/link/ghost.c adv_entry adv_ghost analysis/link/adv_list.h' \
	'analysis/metric/ghost.c met_family met_ghost analysis/metric/met_list.h' \
	'models/nf/ghost.c nf_entry nf_ghost models/nf/nf_list.h'; do
	# shellcheck disable=SC2086 # four words
	set -- $entry
	echo "const struct $2 $3 = {0};" >"$copy/$1"
	expect "$1" "$3 has no line in $4" "$1 without a line in $4 is refused"
	rm "$copy/$1"
done

for file in models/policy/stray.c models/attack/stray.c; do
	echo 'int stray;' >"$copy/$file"
	expect "$file" 'neither defines a listed entry nor implements' "$file without purpose is refused"
	rm "$copy/$file"
done

exit $failed
