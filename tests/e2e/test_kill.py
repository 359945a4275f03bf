#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""kill -9 at random moments: of the whole run, of its parent alone, of one worker. No finished
replication is lost, every journal is readable, every resume gives the same octets.

MOMENTS=40 looks at more of them than make check does (make test-kill)."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DTSIM = os.path.abspath(os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")), "dtsim"))
SCENARIO = os.path.join(ROOT, "scenarios", "two-surgeons.yaml")
SMALL = ["run", SCENARIO, "--set", "background.count=30", "--set", "operations.days=1", "-j", "2",
         "--variant", "per_session", "--variant", "static", "--replications", "6", "--quiet"]
MOMENTS = int(os.environ.get("MOMENTS", "6"))
SEED = 20261126
HEADER, MAGIC = 64, (0x44545231).to_bytes(4, "little")


def octets(path):
    with open(path, "rb") as f:
        return f.read()


def records(journal):
    """Whole records of a journal, as results/journal_head.h and results/blob.h say: (variant, replication)
    of those that finished. The journal of a run that has not begun it yet has none."""
    data = octets(journal) if os.path.exists(journal) else b""
    at = HEADER + int.from_bytes(data[56:60], "little") + 4
    found = set()
    while at + 24 <= len(data):
        assert data[at:at + 4] == MAGIC, at
        length = int.from_bytes(data[at + 16:at + 24], "little")
        if at + length + 4 > len(data):
            break
        if data[at + 12] == 0:
            found.add((data[at + 4], data[at + 8]))
        at += length + 4
    return found


def workers_of(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii") as f:
            return [int(child) for child in f.read().split()]
    except OSError:
        return []


def run_and_kill(name, after_s, whom, chance):
    """Returns exit status and stderr, and what its journal had before it was killed."""
    process = subprocess.Popen([DTSIM, *SMALL, "-o", name], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(after_s)
    before = records(name + ".part")
    workers = workers_of(process.pid)
    try:
        if whom == "group":
            os.killpg(process.pid, signal.SIGKILL)
        elif whom == "parent":
            process.kill()
        elif workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
    except ProcessLookupError:
        pass # it was quicker
    _, stderr = process.communicate(timeout=120)
    return process.returncode, stderr, before


def resume(name):
    done = subprocess.run([DTSIM, "run", "--resume", name + ".part"], capture_output=True, text=True,
                          check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stderr


def assert_survives(name, after_s, whom, chance):
    """Returns whether the moment fell into the run, so that something was resumed."""
    status, stderr, before = run_and_kill(name, after_s, whom, chance)
    resumed = False
    if os.path.exists(name + ".part"):
        kept = records(name + ".part")
        assert before <= kept, "lost: %s" % (before - kept)
        said = resume(name)
        if kept:
            assert "continuing: %d of 12 replications" % len(kept) in said, (len(kept), said)
        resumed = bool(kept)
        if whom == "worker":
            assert status == 3 and "1 of 12 replications failed" in stderr, stderr
            assert "killed by signal 9" in stderr, stderr
    elif not os.path.exists(name): # killed before it had begun, or before its first replication
        assert not before, before
        subprocess.run([DTSIM, *SMALL, "-o", name], check=True, stdout=subprocess.DEVNULL, timeout=120)
    assert octets(name) == octets("whole.h5")
    assert not os.path.exists(name + ".part")
    return resumed


def kills(whom, moments, lasts_s):
    chance = random.Random(SEED + len(whom))
    resumed = 0
    for k in range(moments):
        resumed += assert_survives("%s%d.h5" % (whom, k), chance.uniform(0, 1.05) * lasts_s, whom, chance)
    assert resumed > 0 or moments < 3, "no moment fell into a run"


def main():
    failed = 0
    directory = tempfile.mkdtemp(prefix="dtsim-test-")
    os.chdir(directory)
    began = time.monotonic()
    subprocess.run([DTSIM, *SMALL, "-o", "whole.h5"], check=True, stdout=subprocess.DEVNULL)
    lasts_s = time.monotonic() - began
    share = {"group": MOMENTS // 3, "parent": MOMENTS // 3, "worker": MOMENTS - 2 * (MOMENTS // 3)}
    for whom, moments in share.items():
        sentence = "%d times kill -9 of the %s: nothing is lost, and the resumed run has the same octets" % (
            moments, {"group": "whole run", "parent": "parent alone", "worker": "worker alone"}[whom])
        try:
            kills(whom, moments, lasts_s)
            print("ok - " + sentence, flush=True)
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            print("not ok - %s: %s: %s" % (sentence, type(error).__name__, error), flush=True)
    os.chdir("/")
    shutil.rmtree(directory)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
