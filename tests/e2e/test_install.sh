#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What `make install` puts below a prefix stands on its own: used from another directory, away from the
# sources and the build.
set -u
export BUILD="${BUILD:-build}" WITH_NS3="${WITH_NS3:-1}"
unset DTSIM_ENGINE_DIR LD_LIBRARY_PATH
source=$PWD
prefix=${PREFIX:-/usr/local}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
root=$dir/root$prefix
status=0

# check SENTENCE COMMAND...: true when the command is; shows what it said when it is not.
check() {
	sentence=$1
	shift
	if "$@" >"$dir/out" 2>&1 </dev/null; then
		echo "ok - $sentence"
	else
		echo "not ok - $sentence"
		sed 's/^/    /' "$dir/out" | tail -20
		status=1
	fi
}

# A make of its own, not part of the one that runs the tests.
own_make() {
	(cd "$source" && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make --no-print-directory "$@")
}

compiles_nothing() {
	own_make "$@" >"$dir/made" 2>&1 || { cat "$dir/made"; return 1; }
	! grep -E '^  (CC|CXX|LINK) ' "$dir/made"
}

check "make install installs below DESTDIR" own_make install DESTDIR="$dir/root"
check "a second make compiles nothing" compiles_nothing all
check "a second make install compiles nothing" compiles_nothing install DESTDIR="$dir/root"

mkdir "$dir/elsewhere"
cd "$dir/elsewhere" || exit 1
check "the installed dtsim says its version" \
	sh -c '"$1" --version | grep -q "^dtsim $(cat "$2") ("' - "$root/bin/dtsim" "$source/VERSION"
for scenario in "$root"/share/dtsim/scenarios/*.yaml "$root"/share/dtsim/scenarios/*/*.yaml; do
	check "the installed dtsim takes the installed $(basename "$scenario")" \
		"$root/bin/dtsim" check-scenario "$scenario"
done
check "the manual page is installed" test -s "$root/share/man/man1/dtsim.1"

if [ "$WITH_NS3" = 1 ]; then
	export LD_DEBUG=files LD_DEBUG_OUTPUT="$dir/loaded"
	check "the installed dtsim runs on the ns3 engine" "$root/bin/dtsim" run --engine ns3 \
		--replications 1 --variant ausf_crash --quiet -o "$dir/ns3.h5" \
		"$root/share/dtsim/scenarios/equivalence.yaml"
	unset LD_DEBUG LD_DEBUG_OUTPUT
	check "the ns3 engine that it found is the one installed beside it" \
		sh -c 'cat "$1".* | grep -qF "file=$2/bin/../lib/libdtsim-ns3.so"' - "$dir/loaded" "$root"

	cp "$source/sim/ns3/example.c" .
	export PKG_CONFIG_PATH="$root/lib/pkgconfig"
	# shellcheck disable=SC2016,SC2046 # the flags are words
	check "ns3c.pc has the flags to compile and link the example" sh -c '
		flags=$(pkg-config --define-variable=prefix="$1" --cflags --libs ns3c) &&
		${CC:-cc} example.c $flags -Wl,-rpath,"$1/lib" -o example' - "$root"
	check "ns3c.pc names the prefix" test "$(pkg-config --variable=prefix ns3c)" = "$prefix"
	check "the example runs with the installed ns3c" ./example example.pcap
	check "the example has written its packets" test -s example.pcap
fi
exit $status
