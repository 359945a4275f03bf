#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The scripts for Slurm in docs/CLUSTER.md: they are scripts, and what they start, dtsim understands.
# There is no Slurm here: srun starts its command, and dtsim looks at the scenario instead of running it.
set -u
real=${BUILD:-build}/dtsim
case $real in /*) ;; *) real=$PWD/$real ;; esac
root=$PWD
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
ok() { # ok STATUS SENTENCE
	if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi
}

awk '/^```sh$/ { n++; inside = 1; next } /^```$/ { inside = 0 } inside { print > ("script" n) }' \
	"$root/docs/CLUSTER.md"
[ -s script1 ] && [ -s script2 ] && [ ! -e script3 ]
ok $? "docs/CLUSTER.md has two scripts"
for script in script1 script2; do
	bash -n "$script" && head -n 1 "$script" | grep -qx '#!/bin/bash' && grep -q '^#SBATCH --' "$script"
	ok $? "$script is a script for sbatch"
done

mkdir build bin
ln -s "$root/scenarios" scenarios
printf '#!/bin/sh\nexec "$@"\n' >bin/srun
# `run SCENARIO OPTION...`: the scenario is good and has the variant; -o is left as an interrupted run leaves it.
cat >build/dtsim <<'E2'
#!/bin/bash
echo "$*" >>log
case "$1 $2" in
"run --resume") [ -e "$3" ] && rm "$3" ;;
run*)
	scenario=$2
	variant=()
	shift 2
	while [ $# -gt 0 ]; do
		[ "$1" = --variant ] && variant=(--variant "$2")
		[ "$1" = -o ] && touch "$2.part"
		shift
	done
	"$REAL" check-scenario "$scenario" "${variant[@]}" ;;
esac
E2
chmod +x bin/srun build/dtsim
export PATH="$dir/bin:$PATH" REAL="$real" SLURM_CPUS_PER_TASK=2

twice() { # twice SCRIPT: begins, and resumes what it has begun
	: >log
	bash "$1" >out 2>&1 && bash "$1" >>out 2>&1 && grep -q '^run scenarios/' log &&
		grep -q '^run --resume .*\.h5\.part' log && ! ls ./*.part >/dev/null 2>&1
}
twice script1
ok $? "the script for MPI begins a scenario that is there, and resumes it"
good=0
for task in $(seq 0 "$(sed -n 's/^#SBATCH --array=0-//p' script2)"); do
	SLURM_ARRAY_TASK_ID=$task twice script2 || good=1
done
ok $good "each task of the array begins a variant that is there, and resumes it"
