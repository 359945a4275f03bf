#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The result file as others read it (h5dump, h5py, pandas), and a run stopped and continued."""

import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib

import h5py
import pandas as pd

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DTSIM = os.path.abspath(os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")), "dtsim"))
SCENARIO = os.path.join(ROOT, "scenarios", "two-surgeons.yaml")
SMALL = ["--set", "background.count=50", "--set", "operations.days=1",
         "--variant", "per_session", "--variant", "static"]


def dtsim(*arguments, **options):
    return subprocess.run([DTSIM, *arguments], capture_output=True, text=True, check=False, **options)


def run_small(path, *more, **options):
    return dtsim("run", SCENARIO, "-o", path, *SMALL, "--replications", "3", *more, **options)


def octets(path):
    with open(path, "rb") as f:
        return f.read()


def frame(file, table):
    return pd.DataFrame({name: file[table][name][:] for name in file[table]})


def tables(file):
    return list(file["index"])


# --- what others read --------------------------------------------------------------------------

def a_run_leaves_the_result_and_its_meta_file_and_says_nothing_on_a_pipe():
    done = run_small("small.h5")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", done.stderr
    assert sorted(os.listdir(".")) == ["small.h5", "small.meta.json"], os.listdir(".")


def h5dump_reads_every_object():
    done = subprocess.run(["h5dump", "small.h5"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True, check=False)
    assert done.returncode == 0 and done.stderr == "", done.stderr


def every_column_carries_a_unit_and_a_definition():
    with h5py.File("small.h5") as file:
        for table in tables(file):
            assert file[table].attrs["definition"]
            for name, column in file[table].items():
                assert "unit" in column.attrs and column.attrs["definition"], (table, name)


def the_file_says_what_it_is_of():
    with h5py.File("small.h5") as file:
        assert file.attrs["program"] == b"dtsim"
        assert file.attrs["replications"] == 3 and file.attrs["complete"] == 1
        assert len(file.attrs["variants"]) == len(file.attrs["twins"])
        assert b"per_session" in list(file.attrs["variants"])
        with open(SCENARIO, "rb") as f:
            assert file["scenario/00"][()] == f.read()
        assert file["scenario/00"].attrs["name"].decode().endswith("two-surgeons.yaml")


def the_index_agrees_with_the_columns_variant_and_replication():
    with h5py.File("small.h5") as file:
        rows = 0
        for table in tables(file):
            index, data = file["index"][table][:], frame(file, table)
            assert index[0] == 0 and index[-1] == len(data)
            for job in range(len(index) - 1):
                part = data.iloc[int(index[job]):int(index[job + 1])]
                assert (part["variant"] == job // 3).all() and (part["replication"] == job % 3).all()
            rows += len(data)
        assert rows > 0


def latency_parts_sum_to_the_whole_for_every_sample():
    with h5py.File("small.h5") as file:
        latency = frame(file, "latency")
        values = [v.decode() for v in file["latency/outcome"].attrs["values"]]
    done = latency[latency["outcome"] == values.index("ok")]
    parts = ["radio_ns", "transport_ns", "queueing_ns", "service_ns", "crypto_ns", "timer_ns"]
    assert len(done) > 0
    assert (done[parts].sum(axis=1) == done["total_ns"]).all()
    assert (done["total_ns"] >= 0).all()


def parameters_say_where_each_value_was_set():
    with h5py.File("small.h5") as file:
        parameters = frame(file, "parameters")
    count = parameters[parameters["key"] == b"background.count"]
    assert len(count) == parameters["variant"].nunique()
    assert (count["set_at"] == b"--set").all(), count
    assert (count["changed_by_variant"] == 0).all()
    assert (parameters["changed_by_variant"] == 1).any()
    assert (parameters[parameters["assumption"] == 1]["source"].str.decode("utf-8")
            .str.contains("assumption")).all()


# --- the same octets ---------------------------------------------------------------------------

def the_number_of_workers_leaves_no_trace():
    for workers in "1", "5":
        done = run_small("workers.h5", "-j", workers)
        assert done.returncode == 0, done.stderr
        assert octets("workers.h5") == octets("small.h5")


def another_seed_gives_another_digest():
    assert run_small("seed.h5", "--seed", "987654321").returncode == 0
    with h5py.File("small.h5") as one, h5py.File("seed.h5") as other:
        assert one.attrs["event_digest"] != other.attrs["event_digest"]


def stopped_after_one_replication(path, signal_number, scenario=SCENARIO):
    """Starts a run, stops it when its journal holds a whole replication (of some hundred thousand octets:
    what follows the first is the second's), and returns the finished process."""
    command = [DTSIM, "run", scenario, "-o", path, *SMALL, "--replications", "3", "-j", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    journal = path + ".part"
    first = None
    while process.poll() is None:
        size = os.path.getsize(journal) if os.path.exists(journal) else 0
        if size > 50000 and first == size: # it rests between two replications
            break
        first = size
        time.sleep(0.05)
    process.send_signal(signal_number)
    _, stderr = process.communicate()
    return process.returncode, stderr


def a_run_stopped_by_ctrl_c_continues_to_the_same_octets():
    status, stderr = stopped_after_one_replication("stopped.h5", signal.SIGINT)
    assert status == 3, (status, stderr)
    assert "replications are kept; dtsim run --resume stopped.h5.part continues" in stderr, stderr
    assert len(stderr.splitlines()) == 1, stderr
    assert not os.path.exists("stopped.h5")
    done = run_small("stopped.h5")
    assert done.returncode == 0 and "continuing: " in done.stderr, done.stderr
    assert octets("stopped.h5") == octets("small.h5")
    assert not os.path.exists("stopped.h5.part")


def a_killed_run_continues_to_the_same_octets():
    status, _ = stopped_after_one_replication("killed.h5", signal.SIGKILL)
    assert status == -signal.SIGKILL and os.path.exists("killed.h5.part")
    done = run_small("killed.h5")
    assert done.returncode == 0 and "continuing: " in done.stderr, done.stderr
    assert octets("killed.h5") == octets("small.h5")


def a_journal_alone_is_enough_to_resume_though_its_scenario_is_gone():
    with open("mine.yaml", "w", encoding="utf-8") as f:
        f.write("scenario: mine\nextends: %s\n" % SCENARIO)
    done = dtsim("run", "mine.yaml", "-o", "mine.h5", *SMALL, "--replications", "3")
    assert done.returncode == 0, done.stderr
    expected = octets("mine.h5")
    os.unlink("mine.h5")
    stopped_after_one_replication("mine.h5", signal.SIGKILL, "mine.yaml")
    os.unlink("mine.yaml")
    done = dtsim("run", "--resume", "mine.h5.part", "-j", "2")
    assert done.returncode == 0 and "continuing: " in done.stderr, done.stderr
    assert octets("mine.h5") == expected
    assert not os.path.exists("mine.h5.part")


def a_journal_of_another_scenario_or_version_is_not_resumed():
    stopped_after_one_replication("version.h5", signal.SIGKILL)
    whole = octets("version.h5.part")
    done = run_small("version.h5", "--seed", "5", "--resume", "version.h5.part")
    assert done.returncode == 2 and "another run" in done.stderr, done.stderr
    version = subprocess.run([DTSIM, "--version"], capture_output=True, check=True).stdout.split()[1]
    at = whole.index(b"v" + len(version).to_bytes(4, "little") + version)
    recipe = bytearray(whole[64:64 + int.from_bytes(whole[56:60], "little")])
    recipe[at - 64 + 5] = ord("7")
    with open("version.h5.part", "wb") as f:
        f.write(whole[:64] + recipe + zlib.crc32(recipe).to_bytes(4, "little"))
    done = dtsim("run", "--resume", "version.h5.part")
    assert done.returncode == 2 and "was begun by dtsim 7" in done.stderr, done.stderr
    done = dtsim("run", "--resume", "small.h5")
    assert done.returncode == 2 and "FILE.h5.part is allowed" in done.stderr, done.stderr
    os.unlink("version.h5.part")


def a_result_of_another_run_is_overwritten_only_by_force():
    shutil.copy("small.h5", "kept.h5")
    done = run_small("kept.h5")
    assert done.returncode == 0 and octets("kept.h5") == octets("small.h5"), done.stderr
    done = run_small("kept.h5", "--seed", "5")
    assert done.returncode == 2 and "--force" in done.stderr, done.stderr
    assert octets("kept.h5") == octets("small.h5") and not os.path.exists("kept.h5.part")
    done = run_small("kept.h5", "--seed", "5", "--force")
    assert done.returncode == 0 and octets("kept.h5") != octets("small.h5"), done.stderr


def a_journal_of_another_run_is_refused():
    stopped_after_one_replication("other.h5", signal.SIGKILL)
    before = octets("other.h5.part")
    done = run_small("other.h5", "--seed", "5")
    assert done.returncode == 2 and "other.h5.part" in done.stderr, done.stderr
    assert octets("other.h5.part") == before
    os.unlink("other.h5.part")


# --- record.level ------------------------------------------------------------------------------

def at_level(level):
    path = f"{level}.h5"
    done = run_small(path, "--set", f"record.level={level}")
    assert done.returncode == 0, done.stderr
    return path


def every_message_is_a_row_of_csv_with_names():
    path = at_level("events")
    done = dtsim("summary", path, "--csv=message")
    assert done.returncode == 0, done.stderr
    rows = pd.read_csv(io.StringIO(done.stdout))
    with h5py.File(path) as file:
        messages = frame(file, "message")
        counter = frame(file, "counter")
        sent = list(file["names"]["counter"].asstr()).index("messages sent between nodes")
    assert len(rows) == len(messages) == counter[counter.counter == sent].value.sum() > 1000
    assert list(rows.sent_ns) == list(messages.sent_ns)
    assert set(rows.fate) <= {"delivered", "lost", "in flight"}, set(rows.fate)
    assert {"amf", "udm"} <= set(rows["from"]) and "Registration Request" in set(rows.message)


def a_table_that_a_level_does_not_have_is_refused_with_the_level_that_has_it():
    done = dtsim("summary", "small.h5", "--csv=message")
    assert done.returncode == 2 and "only from events on" in done.stderr, done.stderr
    done = dtsim("summary", "small.h5", "--csv=messages")
    assert done.returncode == 2 and "latency, " in done.stderr, done.stderr


def summary_and_check_say_what_was_not_recorded():
    with open("level.json", "w", encoding="utf-8") as baseline:
        baseline.write(dtsim("summary", "small.h5", "--json").stdout)
    for level in "none", "metrics":
        path = at_level(level)
        done = dtsim("summary", path)
        assert done.returncode == 0 and f"Recorded at level {level}" in done.stdout, done.stdout
        assert f"not recorded at record.level {level}" in done.stdout, done.stdout
        done = dtsim("check", path, "--against", "level.json")
        assert done.returncode == 1, done.stderr
        assert f"record.level {level}: not recorded, in the baseline alone" in done.stdout
        assert dtsim("report", path, "-o", "level-report").returncode == 0
        with open("level-report/index.html", encoding="utf-8") as page:
            assert f"Not recorded at <code>record.level</code> {level}" in page.read()
        assert "FAILS  link" not in done.stdout and "FAILS  surgery" not in done.stdout, done.stdout


def digests_are_null_where_they_were_not_recorded():
    for path, protocol, event in (("none.h5", True, True), ("metrics.h5", True, False),
                                  ("events.h5", False, False)):
        found = json.loads(dtsim("summary", path, "--json").stdout)
        assert (found["protocol_digest"] is None) == protocol, path
        assert (found["event_digest"] is None) == event, path


# --- a full disk -------------------------------------------------------------------------------

def limited(n):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (n, n))


def a_full_disk_ends_with_status_3_and_a_sentence_and_leaves_no_debris():
    for n in 0, 1000, len(octets("small.h5")) // 2:
        done = run_small("full.h5", preexec_fn=limited(n))
        assert done.returncode == 3, (n, done.returncode, done.stderr)
        assert "full.h5" in done.stderr and "File too large" in done.stderr, done.stderr
        assert len(done.stderr.splitlines()) <= 2, done.stderr
        assert not os.path.exists("full.h5") and not os.path.exists("full.h5.tmp")
    done = run_small("full.h5")
    assert done.returncode == 0, done.stderr
    assert octets("full.h5") == octets("small.h5")


def main():
    failed = 0
    directory = tempfile.mkdtemp(prefix="dtsim-test-")
    os.chdir(directory)
    for test in (a_run_leaves_the_result_and_its_meta_file_and_says_nothing_on_a_pipe,
                 h5dump_reads_every_object,
                 every_column_carries_a_unit_and_a_definition,
                 the_file_says_what_it_is_of,
                 the_index_agrees_with_the_columns_variant_and_replication,
                 latency_parts_sum_to_the_whole_for_every_sample,
                 parameters_say_where_each_value_was_set,
                 the_number_of_workers_leaves_no_trace,
                 another_seed_gives_another_digest,
                 a_run_stopped_by_ctrl_c_continues_to_the_same_octets,
                 a_killed_run_continues_to_the_same_octets,
                 a_journal_of_another_run_is_refused,
                 a_journal_alone_is_enough_to_resume_though_its_scenario_is_gone,
                 a_journal_of_another_scenario_or_version_is_not_resumed,
                 a_result_of_another_run_is_overwritten_only_by_force,
                 every_message_is_a_row_of_csv_with_names,
                 a_table_that_a_level_does_not_have_is_refused_with_the_level_that_has_it,
                 summary_and_check_say_what_was_not_recorded,
                 digests_are_null_where_they_were_not_recorded,
                 a_full_disk_ends_with_status_3_and_a_sentence_and_leaves_no_debris):
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
    sys.exit(main())
