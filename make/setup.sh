#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# setup.sh BUILD PACKAGE...: installs the Debian packages that are missing, after saying which.
set -eu
build=$1
shift
missing=
for p in "$@"; do
	dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null | grep -qx installed || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
	echo "setup: these Debian packages are missing, and there is no apt-get here:$missing" >&2
	exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
	as_root='sudo env DEBIAN_FRONTEND=noninteractive' # sudo drops the environment
	command -v sudo >/dev/null || {
		echo "setup: these Debian packages are missing:$missing" >&2
		echo "setup: run as root: apt-get install$missing" >&2
		exit 1
	}
fi
echo "setup: installing from Debian:$missing"
export DEBIAN_FRONTEND=noninteractive
mkdir -p "$build"
log=$build/setup.log
if ! { $as_root apt-get update -q && $as_root apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1; then
	tail -n 15 "$log" >&2
	echo "setup: apt-get failed; the whole output is in $log" >&2
	exit 1
fi
