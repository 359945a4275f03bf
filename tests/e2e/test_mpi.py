#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dtsim run on the ranks of MPI: the octets of -j1, whatever the ranks, and after one of them is killed."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ.get("BUILD", os.path.join(ROOT, "build")))
ALONE = os.path.join(BUILD, "dtsim")
RANKED = os.path.join(BUILD, "mpi", "dtsim")
SCENARIO = os.path.join(ROOT, "scenarios", "two-surgeons.yaml")
SMALL = ["run", SCENARIO, "--quiet", "--set", "background.count=50", "--set", "operations.days=1",
         "--variant", "per_session", "--variant", "static", "--replications", "5"]


def execute(command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)


def mpirun(n, *arguments):
    more = ["--oversubscribe"] if "Open MPI" in VERSION else []
    if more and os.getuid() == 0:
        more.append("--allow-run-as-root")
    return ["mpirun", *more, "-n", str(n), *arguments]


def octets(path):
    with open(path, "rb") as f:
        return f.read()


def ranks(result):
    """Processes of a run, by rank: {rank: pid}. Workers have the ranks of those who forked them."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            command = octets("/proc/%s/cmdline" % pid).split(b"\0")
            environment = octets("/proc/%s/environ" % pid).split(b"\0")
            parent = octets("/proc/%s/stat" % pid).rsplit(b")", 1)[1].split()[1].decode()
        except OSError:
            continue
        if os.path.basename(command[0]) != b"dtsim" or result.encode() not in command:
            continue
        rank = [e.split(b"=")[1] for e in environment
                if e.split(b"=")[0] in (b"OMPI_COMM_WORLD_RANK", b"PMI_RANK")]
        if rank:
            found.setdefault(int(rank[0]), {})[pid] = parent
    return {rank: {"rank": [int(p) for p in pids if pids[p] not in pids],
                   "workers": [int(p) for p in pids if pids[p] in pids]}
            for rank, pids in found.items()}


def has_a_replication(journal):
    """results/journal_head.h, results/blob.h: the first record is whole."""
    try:
        head = octets(journal)
        at = 64 + int.from_bytes(head[56:60], "little") + 4
        return len(head) > at + 24 and len(head) >= at + int.from_bytes(head[at + 16:at + 24], "little") + 4
    except OSError:
        return False


def started(n, result, *more):
    """A run on n ranks that has a finished replication in its journal."""
    process = subprocess.Popen(mpirun(n, RANKED, *SMALL, "-o", result, *more), stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        if has_a_replication(result + ".part"):
            break
        time.sleep(0.01)
    return process


# --- what is promised --------------------------------------------------------------------------

def ranks_and_their_workers_leave_no_trace():
    for n, more in (1, []), (2, []), (4, []), (2, ["-j", "2"]):
        done = execute(mpirun(n, RANKED, *SMALL, "-o", "ranks.h5", *more))
        assert done.returncode == 0, (n, done.stderr)
        assert octets("ranks.h5") == octets("alone.h5"), n
        assert not os.path.exists("ranks.h5.part")


def with_a_killed_rank(victim):
    name = "killed%d.h5" % victim
    process = started(4, name)
    os.kill(ranks(name)[victim]["rank"][0], signal.SIGKILL)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode != 0, (process.returncode, stderr)
    assert not os.path.exists(name) and os.path.exists(name + ".part"), (os.listdir("."), stderr)
    until = time.monotonic() + 10
    while ranks(name) and time.monotonic() < until:
        time.sleep(0.05)
    assert not ranks(name), "processes are left"
    return name


def a_killed_rank_ends_the_run_and_one_process_resumes_it():
    name = with_a_killed_rank(2)
    done = execute([ALONE, "run", "--resume", name + ".part"])
    assert done.returncode == 0 and "continuing: " in done.stderr, done.stderr
    assert octets(name) == octets("alone.h5")


def a_killed_first_rank_leaves_a_journal_that_ranks_resume():
    name = with_a_killed_rank(0)
    done = execute(mpirun(2, RANKED, "run", "--resume", name + ".part"))
    assert done.returncode == 0 and "continuing: " in done.stderr, done.stderr
    assert octets(name) == octets("alone.h5")


def a_killed_worker_is_one_failed_replication_of_a_run_that_goes_on():
    process = started(2, "worker.h5")
    victims = []
    until = time.monotonic() + 30
    while not victims and process.poll() is None and time.monotonic() < until:
        victims = ranks("worker.h5").get(1, {"workers": []})["workers"]
    os.kill(victims[0], signal.SIGKILL)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 3, stderr
    assert "1 of 10 replications failed" in stderr and "killed by signal 9" in stderr, stderr
    assert os.path.exists("worker.h5") and os.path.exists("worker.h5.part")
    done = execute(mpirun(2, RANKED, "run", "--resume", "worker.h5.part", "--quiet"))
    assert done.returncode == 0 and octets("worker.h5") == octets("alone.h5"), done.stderr


def a_full_disk_ends_all_ranks_with_a_sentence():
    process = started(2, "full.h5")
    size = os.path.getsize("full.h5.part")
    resource.prlimit(ranks("full.h5")[0]["rank"][0], resource.RLIMIT_FSIZE, (size + 1, size + 1))
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 3, (process.returncode, stderr)
    assert "cannot write full.h5.part: File too large" in stderr, stderr
    done = execute(mpirun(2, RANKED, "run", "--resume", "full.h5.part", "--quiet"))
    assert done.returncode == 0 and octets("full.h5") == octets("alone.h5"), done.stderr


def a_mistake_is_said_once():
    for more in (["--seed", "x"], ["--set", "no.such=1"]):
        done = execute(mpirun(3, RANKED, *SMALL, "-o", "no.h5", *more))
        assert done.returncode == 2, done.stderr
        assert done.stderr.count("dtsim run: ") == 1, done.stderr
    done = execute(mpirun(2, RANKED, "run", "--help"))
    assert done.returncode == 0 and done.stdout.count("usage: ") == 1, done.stdout


def several_processes_without_mpi_are_refused():
    variables = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"]
    with open(os.path.join(BUILD, "with_mpi"), encoding="ascii") as f: # build/dtsim has MPI itself?
        without = f.read().strip() == "0"
    for name in variables if without else []:
        done = execute([ALONE, *SMALL, "-o", "twice.h5"], env={**os.environ, name: "2"})
        assert done.returncode == 2 and "WITH_MPI=1" in done.stderr, done.stderr
        done = execute([ALONE, *SMALL, "-o", "twice.h5"],
                       env={**os.environ, name: "2", "OMPI_COMM_WORLD_RANK": "1"})
        assert done.returncode == 2 and done.stderr == "", done.stderr
    done = execute([RANKED, *SMALL, "-o", "twice.h5"], env={**os.environ, "SLURM_STEP_NUM_TASKS": "4"})
    assert done.returncode == 2 and "MPI sees one process only" in done.stderr, done.stderr
    assert not os.path.exists("twice.h5") and not os.path.exists("twice.h5.part")


TESTS = (ranks_and_their_workers_leave_no_trace,
         a_killed_rank_ends_the_run_and_one_process_resumes_it,
         a_killed_first_rank_leaves_a_journal_that_ranks_resume,
         a_killed_worker_is_one_failed_replication_of_a_run_that_goes_on,
         a_full_disk_ends_all_ranks_with_a_sentence,
         a_mistake_is_said_once,
         several_processes_without_mpi_are_refused)


def built():
    """The program with MPI: only one file and the link are its own."""
    clean = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    done = execute(["make", "-s", "-C", ROOT, "BUILD=" + BUILD, ALONE, RANKED], env=clean)
    if done.returncode != 0:
        print("not ok - dtsim is built with MPI: " + done.stderr)
    return done.returncode == 0


def main():
    failed = 0
    if not built():
        return 1
    directory = tempfile.mkdtemp(prefix="dtsim-test-")
    os.chdir(directory)
    done = execute([ALONE, *SMALL, "-o", "alone.h5", "-j", "1"])
    assert done.returncode == 0, done.stderr
    for test in TESTS:
        try:
            test()
            print("ok - " + test.__name__)
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            print("not ok - %s: %s: %s" % (test.__name__, type(error).__name__, error))
    os.chdir("/")
    shutil.rmtree(directory)
    return 1 if failed else 0


if __name__ == "__main__":
    if not shutil.which("mpicc") or not shutil.which("mpirun"):
        print("ok - skipped: there is no mpicc or mpirun here (Debian: mpi-default-dev)")
        sys.exit(0)
    VERSION = execute(["mpirun", "--version"]).stdout
    sys.exit(main())
