#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A disk that fills at any point, and a limit on memory: exit status 3, a sentence, nothing lost.

DENSE=1 looks at many more points (make test-kill)."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DTSIM = os.path.abspath(os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")), "dtsim"))
SCENARIO = os.path.join(ROOT, "scenarios", "two-surgeons.yaml")
SMALL = [SCENARIO, "--set", "background.count=10", "--set", "operations.days=1",
         "--variant", "per_session", "--variant", "static", "--replications", "2"]
TRACE = ["trace", SCENARIO, "--ue", "Alex", "--to", "7h"]
DENSE = os.environ.get("DENSE") == "1"


def dtsim(*arguments, limit=None, **options):
    def before():
        if limit:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(limit[0], (limit[1], limit[1]))
    return subprocess.run([DTSIM, *arguments], capture_output=True, text=True, check=False, timeout=120,
                          preexec_fn=before, **options)


def octets(path):
    with open(path, "rb") as f:
        return f.read()


def points(n, few, many):
    """Places from 0 to n: the first and last octets, and some between."""
    count = many if DENSE else few
    return sorted({0, 1, 63, 64, 65, n - 1} | {n * k // count for k in range(1, count)})


def assert_one_sentence(done, *words):
    assert done.returncode == 3, (done.returncode, done.stderr)
    lines = [line for line in done.stderr.splitlines() if not line.startswith("continuing: ")]
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0], (word, lines[0])


def fresh(directory="x"):
    shutil.rmtree(directory, ignore_errors=True)
    os.mkdir(directory)


# --- a full disk -------------------------------------------------------------------------------

def assert_resumes():
    """There may be a journal, and a result that is whole. Then there is room again."""
    left = set(os.listdir("x"))
    assert left <= {"r.h5", "r.h5.part"}, left
    assert "r.h5" not in left or octets("x/r.h5") == octets("whole.h5")
    again = ["--resume", "x/r.h5.part"] if "r.h5.part" in left else [*SMALL, "-o", "x/r.h5"]
    done = dtsim("run", *again, "--quiet")
    assert done.returncode == 0, (left, done.stderr)
    assert octets("x/r.h5") == octets("whole.h5")
    assert set(os.listdir("x")) == {"r.h5", "r.meta.json"}


def a_run_on_a_disk_that_fills_at_any_point_is_resumed_to_the_same_octets():
    total = int(1.001 * (os.path.getsize("journal") + os.path.getsize("whole.h5")))
    failed = 0
    for n in points(total, 12, 200):
        fresh()
        done = dtsim("run", *SMALL, "-o", "x/r.h5", "-j", "2", env={**SHIM, "FULL_AFTER": str(n)})
        if done.returncode != 0: # the last octets may not be needed
            failed += 1
            assert_one_sentence(done, "cannot write x/r.", "No space left on device")
        assert done.returncode != 0 or n > total * 0.9, n
        if done.returncode != 0:
            assert_resumes()
    assert failed > 10, failed


def no_file_may_grow_beyond_any_limit_and_the_run_is_resumed():
    for n in points(os.path.getsize("journal"), 5, 60):
        fresh()
        done = dtsim("run", *SMALL, "-o", "x/r.h5", limit=(resource.RLIMIT_FSIZE, n))
        assert_one_sentence(done, "cannot write x/r.h5", "File too large")
        assert_resumes()


def a_disk_that_cannot_synchronise_is_said_and_the_run_is_resumed():
    fresh()
    done = dtsim("run", *SMALL, "-o", "x/r.h5", env={**SHIM, "FULL_SYNC": "1"})
    assert_one_sentence(done, "cannot write x/r.h5", "No space left on device")
    assert_resumes()


def a_trace_that_does_not_fit_leaves_nothing():
    outputs = {"--pcap": "x/t.pcapng", "--text": "x/t.txt", "--sequence": "x/t.svg", "--counts": "x/t.json"}
    for option, path in outputs.items():
        fresh()
        assert dtsim(*TRACE, option, path).returncode == 0
        size = os.path.getsize(path)
        for n in points(size, 3, 30):
            if n >= size:
                continue
            fresh()
            done = dtsim(*TRACE, option, path, limit=(resource.RLIMIT_FSIZE, n))
            assert_one_sentence(done, path, "File too large")
            assert not os.listdir("x"), os.listdir("x")


def a_report_that_does_not_fit_leaves_no_page():
    fresh()
    done = dtsim("report", "whole.h5", "-o", "x")
    assert done.returncode == 0, done.stderr
    size = os.path.getsize("x/index.html")
    for n in points(size, 3, 20):
        fresh()
        done = dtsim("report", "whole.h5", "-o", "x", limit=(resource.RLIMIT_FSIZE, n))
        assert_one_sentence(done, "x/", "File too large")
        assert "index.html" not in os.listdir("x")


def a_summary_to_a_full_disk_is_a_failure():
    for command in (["summary", "whole.h5"], ["summary", "whole.h5", "--json"], ["summary", "whole.h5", "--csv"],
                    ["explain", SCENARIO], ["list", "params"]):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([DTSIM, *command], stdout=full, stderr=subprocess.PIPE, text=True,
                                  check=False)
        assert_one_sentence(done, "No space left on device")


# --- a limit on memory -------------------------------------------------------------------------

def least_to_start():
    """Below it the loader of shared libraries ends the process: KiB."""
    low, high = 1 << 10, 1 << 20
    while high - low > 64:
        middle = (low + high) // 2
        if dtsim("--version", limit=(resource.RLIMIT_AS, middle << 10)).returncode == 0:
            high = middle
        else:
            low = middle
    return high


def assert_fits_or_says_so(kib, *command):
    done = dtsim(*command, limit=(resource.RLIMIT_AS, kib << 10))
    if done.returncode == 0:
        return 0
    assert done.returncode == 3, (kib, command, done.returncode, done.stderr)
    # A library may say a word of its own before.
    assert 1 <= len(done.stderr.splitlines()) <= 2, done.stderr
    assert "memory" in done.stderr, (kib, command, done.stderr)
    return 1


def commands():
    return {"run": ["run", *SMALL, "-o", "x/r.h5", "--force", "--quiet", "-j", "2"],
            "summary": ["summary", "whole.h5"],
            "report": ["report", "whole.h5", "-o", "x"],
            "trace": [*TRACE, "--pcap", "x/t.pcapng", "--text", "x/t.txt", "--sequence", "x/t.svg", "--force"],
            "explain": ["explain", SCENARIO],
            "check-scenario": ["check-scenario", SCENARIO]}


def whatever_the_limit_on_memory_a_command_ends_well_or_with_a_sentence():
    least = least_to_start()
    step, steps = (97, 150) if DENSE else (1500, 8)
    for name, command in commands().items():
        fresh()
        refused = sum(assert_fits_or_says_so(least + k * step, *command) for k in range(steps))
        assert refused > 0, name
        far = [least + (50 << 10), least + (400 << 10)]
        sum(assert_fits_or_says_so(kib, *command) for kib in far)


TESTS = (a_run_on_a_disk_that_fills_at_any_point_is_resumed_to_the_same_octets,
         no_file_may_grow_beyond_any_limit_and_the_run_is_resumed,
         a_disk_that_cannot_synchronise_is_said_and_the_run_is_resumed,
         a_trace_that_does_not_fit_leaves_nothing,
         a_report_that_does_not_fit_leaves_no_page,
         a_summary_to_a_full_disk_is_a_failure,
         whatever_the_limit_on_memory_a_command_ends_well_or_with_a_sentence)


def prepare():
    """A result to compare with, the size of a journal, and the shim."""
    done = dtsim("run", *SMALL, "-o", "whole.h5", "--quiet")
    assert done.returncode == 0, done.stderr
    fresh()
    done = dtsim("run", *SMALL, "-o", "x/r.h5", env={**SHIM, "FULL_SYNC": "1"})
    assert done.returncode == 3, done.stderr
    os.rename("x/r.h5.part", "journal")


def main():
    global SHIM # pylint: disable=global-statement
    failed = 0
    directory = tempfile.mkdtemp(prefix="dtsim-test-")
    os.chdir(directory)
    subprocess.run([os.environ.get("CC", "cc"), "-D_GNU_SOURCE", "-shared", "-fPIC", "-O1", "-o", "full_disk.so",
                    os.path.join(ROOT, "tests", "e2e", "full_disk.c"), "-ldl"], check=True)
    SHIM = {**os.environ, "LD_PRELOAD": os.path.join(directory, "full_disk.so")}
    prepare()
    for test in TESTS:
        try:
            test()
            print("ok - " + test.__name__, flush=True)
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            print("not ok - %s: %s: %s" % (test.__name__, type(error).__name__, error), flush=True)
    os.chdir("/")
    shutil.rmtree(directory)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
