#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What dtsim trace shows, through tshark without options: nothing malformed, every message by its name,
as many as the simulator counts; and what it refuses.

TRACE_SCENARIO names another scenario; all its variants are looked at."""

import collections
import json
import os
import re
import resource
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DTSIM = os.path.abspath(os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")), "dtsim"))
SCENARIO = os.environ.get("TRACE_SCENARIO", os.path.join(ROOT, "scenarios", "trace-day.yaml"))
EXPERT_ERROR = 0x00800000  # Wireshark's PI_ERROR

# TS 24.501 table 9.7.1; the two directions of deregistration have messages of their own.
NAS = {
    0x41: "Registration Request", 0x42: "Registration Accept", 0x43: "Registration Complete",
    0x44: "Registration Reject", 0x45: "Deregistration Request", 0x46: "Deregistration Accept",
    0x47: "Deregistration Request, UE terminated", 0x48: "Deregistration Accept, UE terminated",
    0x4c: "Service Request", 0x4d: "Service Reject", 0x4e: "Service Accept",
    0x54: "Configuration Update Command", 0x55: "Configuration Update Complete",
    0x56: "Authentication Request", 0x57: "Authentication Response", 0x58: "Authentication Reject",
    0x59: "Authentication Failure", 0x5a: "Authentication Result", 0x5b: "Identity Request",
    0x5c: "Identity Response", 0x5d: "Security Mode Command", 0x5e: "Security Mode Complete",
    0x5f: "Security Mode Reject", 0x64: "5GMM Status",
}
# TS 38.413 9.4: procedure code, 0 initiating message, 1 successful outcome, 2 unsuccessful outcome.
NGAP = {
    (4, 0): "DownlinkNASTransport", (9, 0): "ErrorIndication", (14, 0): "InitialContextSetupRequest",
    (14, 1): "InitialContextSetupResponse", (14, 2): "InitialContextSetupFailure",
    (15, 0): "InitialUEMessage", (19, 0): "NASNonDeliveryIndication", (21, 0): "NGSetupRequest",
    (21, 1): "NGSetupResponse", (24, 0): "Paging", (41, 0): "UEContextReleaseCommand",
    (41, 1): "UEContextReleaseComplete", (42, 0): "UEContextReleaseRequest",
    (46, 0): "UplinkNASTransport",
}
# TS 29.509, 29.503, 29.504 and 29.505, 29.507, 29.535, docs/DT_INTERFACE.md.
SUBSCRIPTION = "/nudr-dr/v1/subscription-data/imsi-[0-9]+/"
SBI = [
    ("POST", "/nausf-auth/v1/ue-authentications", "Nausf_UEAuthentication_Authenticate"),
    ("PUT", "/nausf-auth/v1/ue-authentications/[^/]+/5g-aka-confirmation", "Nausf 5g-aka-confirmation"),
    ("DELETE", "/nausf-auth/v1/ue-authentications/[^/]+/5g-aka-confirmation",
     "Nausf 5g-aka-confirmation DELETE"),
    ("POST", "/nausf-auth/v1/ue-authentications/[^/]+/eap-session", "Nausf eap-session"),
    ("POST", "/nausf-auth/v1/ue-authentications/deregister", "Nausf_UEAuthentication_Deregister"),
    ("POST", "/nudm-ueau/v1/(suci-[^/]+|imsi-[0-9]+)/security-information/generate-auth-data",
     "Nudm_UEAuthentication_Get"),
    ("POST", "/nudm-ueau/v1/imsi-[0-9]+/auth-events", "Nudm_UEAuthentication_ResultConfirmation"),
    ("PUT", "/nudm-ueau/v1/imsi-[0-9]+/auth-events/[^/]+", "Nudm auth-events PUT"),
    ("PUT", "/nudm-uecm/v1/imsi-[0-9]+/registrations/amf-(non-)?3gpp-access", "Nudm_UECM_Registration"),
    ("PATCH", "/nudm-uecm/v1/imsi-[0-9]+/registrations/amf-(non-)?3gpp-access", "Nudm_UECM_Deregistration"),
    ("POST", "/namf-callback/v1/imsi-[0-9]+/dereg-notify", "Nudm_UECM_DeregistrationNotification"),
    ("POST", "/namf-callback/v1/imsi-[0-9]+/reauth-notify", "Nudm_UECM_ReAuthenticationNotification"),
    ("POST", "/nudm-uecm/v1/imsi-[0-9]+/registrations/trigger-auth", "Nudm_UECM_AuthTrigger"),
    ("GET", "/nudm-sdm/v2/imsi-[0-9]+/am-data.*", "Nudm_SDM_Get am-data"),
    ("GET", "/nudm-sdm/v2/imsi-[0-9]+/smf-select-data.*", "Nudm_SDM_Get smf-select-data"),
    ("GET", "/nudm-sdm/v2/imsi-[0-9]+/ue-context-in-smf-data.*", "Nudm_SDM_Get ue-context-in-smf-data"),
    ("POST", "/nudm-sdm/v2/imsi-[0-9]+/sdm-subscriptions", "Nudm_SDM_Subscribe"),
    ("DELETE", "/nudm-sdm/v2/imsi-[0-9]+/sdm-subscriptions/[^/]+", "Nudm_SDM_Unsubscribe"),
    ("GET", SUBSCRIPTION + "authentication-data/authentication-subscription",
     "Nudr authentication-subscription"),
    ("PATCH", SUBSCRIPTION + "authentication-data/authentication-subscription",
     "Nudr authentication-subscription PATCH"),
    ("PUT", SUBSCRIPTION + "authentication-data/authentication-status", "Nudr authentication-status"),
    ("GET", SUBSCRIPTION + "authentication-data/authentication-status", "Nudr authentication-status GET"),
    ("DELETE", SUBSCRIPTION + "authentication-data/authentication-status",
     "Nudr authentication-status DELETE"),
    ("PUT", SUBSCRIPTION + "context-data/amf-(non-)?3gpp-access", "Nudr context-data AMF registration"),
    ("PATCH", SUBSCRIPTION + "context-data/amf-(non-)?3gpp-access",
     "Nudr context-data AMF registration PATCH"),
    ("GET", SUBSCRIPTION + "[0-9]+/provisioned-data/am-data", "Nudr am-data"),
    ("GET", SUBSCRIPTION + "[0-9]+/provisioned-data/smf-selection-subscription-data",
     "Nudr smf-selection-subscription-data"),
    ("GET", "/nudr-dr/v1/policy-data/ues/imsi-[0-9]+/am-data", "Nudr policy-data am-data"),
    ("POST", "/npcf-am-policy-control/v1/policies", "Npcf_AMPolicyControl_Create"),
    ("DELETE", "/npcf-am-policy-control/v1/policies/[^/]+", "Npcf_AMPolicyControl_Delete"),
    ("POST", "/naanf-akma/v1/register-anchorkey", "Naanf_AKMA_AnchorKey_Register"),
    ("POST", "/naanf-akma/v1/retrieve-applicationkey", "Naanf_AKMA_ApplicationKey_Get"),
    ("POST", "/naanf-akma/v1/remove-context", "Naanf_AKMA_ContextRemove"),
    ("PUT", "/nudm-dt/v1/imsi-[0-9]+/twin", "Nudm twin record"),
    ("PUT", SUBSCRIPTION + "twin", "Nudr twin record"),
    ("POST", "/dt-ledger/v1/tokens", "ledger mint"),
    ("POST", "/n32c-handshake/v1/exchange-capability", "N32-c exchange-capability"),
    ("POST", "/n32c-handshake/v1/exchange-params", "N32-c exchange-params"),
    ("POST", "/n32f-forward/v1/n32f-process", "N32-f"),  # PRINS: what is within cannot be seen
]
COAP = {"/dtf/session": "DTF session", "/dtf/enrol": "DTF enrol", "/dtf/assertion": "DTF assertion",
        "/dtf/leave": "DTF leave", "/twin/hello": "hospital hello", "/twin/entry": "hospital entry",
        "/twin/alive": "keep-alive", "/twin/leave": "hospital leave"}
ANSWERS = {"ledger mint": "ledger final", "hospital hello": "hospital challenge",
           "hospital entry": "hospital admit"}

failed = 0


def ok(good, sentence, why=""):
    global failed
    print(("ok - " if good else "not ok - ") + sentence)
    if not good:
        failed += 1
        print("# " + str(why)[:2000])


def dtsim(*arguments, **options):
    return subprocess.run([DTSIM, *arguments], capture_output=True, text=True, check=False, **options)


def tshark(path, *arguments):
    done = subprocess.run(["tshark", "-r", path, *arguments], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise RuntimeError("tshark: " + done.stderr)
    return done.stdout


def fields(path, *names):
    """A list of a list of values for each frame; a field that occurs often has several values."""
    options = [x for name in names for x in ("-e", name)]
    out = tshark(path, "-T", "fields", "-E", "separator=/t", "-E", "aggregator=|", *options)
    return [[value.split("|") if value else [] for value in line.split("\t")]
            for line in out.splitlines()]


def difference(found, expected):
    return {name: (found.get(name, 0), expected.get(name, 0))
            for name in set(found) | set(expected) if found.get(name, 0) != expected.get(name, 0)}


def shown(counts, *points):
    return {row["message"]: row["shown"] for row in counts["messages"]
            if row["point"] in points and row["shown"]}


def answer_to(request):
    return ANSWERS.get(request, request + " rsp")


def operation(method, path):
    for allowed, pattern, name in SBI:
        if method == allowed and re.fullmatch(pattern, path):
            return name
    return f"{method} {path}"


# ---- what tshark finds ----

def nas_messages(path):
    found = collections.Counter()
    for point, kinds in fields(path, "frame.interface_name", "nas_5gs.mm.message_type"):
        if point == ["NAS"]:  # the outermost message; containers follow it
            found[NAS.get(int(kinds[0], 16), kinds[0]) if kinds else "nothing"] += 1
    return found


def ngap_messages(path):
    found = collections.Counter()
    for point, kind, code in fields(path, "frame.interface_name", "ngap.NGAP_PDU",
                                    "ngap.procedureCode"):
        if point == ["N2"] and code:
            found[NGAP.get((int(code[0]), int(kind[0])), f"{code[0]}/{kind[0]}")] += 1
    return found


def sbi_messages(path, between_networks):
    found = collections.Counter()
    asked = {}  # by connection and HTTP/2 stream
    for point, connection, stream, method, where, status in fields(
            path, "frame.interface_name", "tcp.stream", "http2.streamid", "http2.headers.method",
            "http2.headers.path", "http2.headers.status"):
        if (point == ["N32"]) != between_networks:
            continue
        key = (tuple(connection), stream[0] if stream else None)
        if method:
            asked[key] = operation(method[0], where[0])
            found[asked[key]] += 1
        elif status:
            found[answer_to(asked.get(key, "a request that is not there"))] += 1
    return found


def twin_messages(path):
    found = collections.Counter()
    asked = {}
    for connection, code, where, token in fields(path, "tcp.stream", "coap.code",
                                                 "coap.opt.uri_path_recon", "coap.token"):
        if not code or int(code[0]) >> 5 == 7:  # signalling
            continue
        key = (tuple(connection), tuple(token))
        if int(code[0]) == 2:
            asked[key] = COAP.get(where[0], where[0])
            found[asked[key]] += 1
        else:
            found[answer_to(asked.get(key, "a request that is not there"))] += 1
    return found


def nwu_messages(path):
    """By the header of IKEv2, which is in clear; what is in ESP is NAS."""
    kinds = {34: "IKE_SA_INIT", 35: "IKE_AUTH", 37: "IKE INFORMATIONAL"}
    found = collections.Counter()
    for point, exchange, response, esp in fields(path, "frame.interface_name", "isakmp.exchangetype",
                                                 "isakmp.flag_r", "esp.sequence"):
        if point != ["NWU"] or not (exchange or esp):
            continue  # a fragment
        name = kinds.get(int(exchange[0]), exchange[0]) if exchange else "NAS over IPsec"
        found[name + (" rsp" if exchange and response[0] in ("1", "True") else "")] += 1
    return found


def n32_expected(counts):
    """With PRINS every message of the SBI is N32-f."""
    expected = shown(counts, "N32")
    if not any(name.startswith("N32-c exchange-params") for name in expected):
        return expected
    prins = collections.Counter()
    for name, n in expected.items():
        if not name.startswith("N32-c"):
            name = "N32-f rsp" if name.endswith(" rsp") else "N32-f"
        prins[name] += n
    return prins


def complaints(path, *options):
    bad = []
    for number, malformed, severity, message in fields(path, "frame.number", "_ws.malformed",
                                                       "_ws.expert.severity", "_ws.expert.message"):
        if malformed or any(int(s) >= EXPERT_ERROR for s in severity):
            bad.append((number, message))
    return bad


def bad_sums(path):
    return tshark(path, "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE",
                  "-o", "udp.check_checksum:TRUE", "-o", "sctp.checksum:CRC 32c", "-Y",
                  "ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0 || "
                  "sctp.checksum.status == 0")


def rising(times):
    return all(a <= b for a, b in zip(times, times[1:]))


# ---- a whole capture ----

def look_at(directory, variant):
    path, counts_path, text_path = (os.path.join(directory, variant + end)
                                    for end in (".pcapng", ".json", ".txt"))
    done = dtsim("trace", SCENARIO, "--variant", variant, "--pcap", path, "--counts", counts_path,
                 "--text", text_path)
    ok(done.returncode == 0, f"{variant}: dtsim trace succeeds", done.stderr)
    if done.returncode != 0:
        return
    with open(counts_path, encoding="utf-8") as f:
        counts = json.load(f)
    bad = complaints(path)
    ok(not bad, f"{variant}: nothing is malformed and no expert sees an error", bad[:5])
    ok(bad_sums(path) == "", f"{variant}: every sum of IPv4, TCP, UDP and SCTP is right")
    times = [float(t[0]) for (t,) in fields(path, "frame.time_epoch")]
    ok(rising(times), f"{variant}: packets are in the order of time")
    ok(counts["left_out"] == 0 and counts["packets"] == len(times),
       f"{variant}: the capture has every message, and as many packets as it is said to have")
    looked_at = [
        (nas_messages(path), shown(counts, "N1"), "NAS message"),
        (ngap_messages(path), counts["ngap"], "NGAP message"),
        (sbi_messages(path, False), shown(counts, "N8", "N12", "N13", "N15", "N35", "N36", "N61", "N62",
                                          "DT3", "DT4"), "SBI message"),
        (twin_messages(path), shown(counts, "DT1", "DT2"), "message of the twin's interface")]
    if shown(counts, "N32"):
        looked_at.append((sbi_messages(path, True), n32_expected(counts), "message between SEPPs"))
    if shown(counts, "NWU"):
        looked_at.append((nwu_messages(path), shown(counts, "NWU"), "message to the N3IWF"))
    for found, expected, what in looked_at:
        ok(sum(expected.values()) > 0 and not difference(found, expected),
           f"{variant}: every {what} has its name, and as many as the simulator counts",
           difference(found, expected))
    with open(text_path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    ok(len(lines) == 1 + sum(row["shown"] for row in counts["messages"]),
       f"{variant}: the text has a line for each message", len(lines))
    twice = [line for line in lines if re.search(r" (\w+)( rsp)? \(\1\b", line)]
    ok(not twice, f"{variant}: no line says a message's name twice", twice[:2])
    comments = [c for (c,) in fields(path, "frame.comment") if c]
    ok(len(comments) == sum(row["shown"] for row in counts["messages"] if row["point"] != "N32TLS"),
       f"{variant}: the packet that ends a message says whose it is", len(comments))


def variants():
    """Those of the scenario: the error message about a wrong one lists them."""
    said = dtsim("check-scenario", SCENARIO, "--variant", "no such variant").stderr
    return re.search(r"allowed: ([^;\n]+)", said).group(1).split(", ")


# ---- selections, outputs, refusals ----

SHORT = ["--set", "background.count=10", "--set", "probes.count=2"]


def look_at_one_subscriber(directory):
    path = os.path.join(directory, "alex.pcapng")
    again = os.path.join(directory, "again.pcapng")
    svg, mmd = os.path.join(directory, "alex.svg"), os.path.join(directory, "alex.mmd")
    done = dtsim("trace", SCENARIO, *SHORT, "--ue", "alex", "--to", "7h", "--pcap", path,
                 "--sequence", svg)
    dtsim("trace", SCENARIO, *SHORT, "--ue", "Alex", "--to", "7h", "--pcap", again, "--sequence", mmd)
    ok(done.returncode == 0, "one subscriber's morning is traced", done.stderr)
    comments = [c[0] for (c,) in fields(path, "frame.comment") if c]
    ok(comments and all(c.startswith("Alex: ") for c in comments),
       "with --ue the capture has that subscriber's messages alone", comments[:3])
    ok(not complaints(path), "a capture of one subscriber stands for itself")
    with open(path, "rb") as a, open(again, "rb") as b:
        ok(a.read() == b.read(), "the same command gives the same octets")
    with open(svg, encoding="utf-8") as f:
        picture = f.read()
    ok("Registration Request" in picture and picture.rstrip().endswith("</svg>"),
       "the ladder is a picture")
    with open(mmd, encoding="utf-8") as f:
        text = f.read()
    ok("sequenceDiagram" in text and "as Alex" in text and text.count("->>") > 40,
       "the ladder is a text for Mermaid")
    day = os.path.join(directory, "day.mmd")
    done = dtsim("trace", SCENARIO, *SHORT, "--ue", "Alex", "--sequence", day)
    ok(done.returncode == 0, "the ladder of a whole day is drawn", done.stderr)
    with open(day, encoding="utf-8") as f:
        text = f.read()
    ok("times more until" in text and text.count("keep-alive rsp") < 10 and "visited AMF" in text,
       "the keep-alives of hours are drawn once, and said to be many")
    part = os.path.join(directory, "part.pcapng")
    times = [float(t[0]) for (t,) in fields(path, "frame.time_epoch")]
    middle = (times[0] + times[-1]) / 2 - 1795392000
    dtsim("trace", SCENARIO, *SHORT, "--ue", "Alex", "--from", f"{middle:.3f}s", "--to", "7h", "--pcap",
          part)
    later = [float(t[0]) - 1795392000 for (t,) in fields(part, "frame.time_epoch")]
    ok(later and min(later) >= middle and not complaints(part),
       "a capture that begins in the middle stands for itself")


def refuse(directory):
    old = os.path.join(directory, "old")
    with open(old, "w", encoding="utf-8") as f:
        f.write("notes\n")
    for arguments, words in (
            ([], "no output asked for"),
            (["--text", "--ue", "Carol"], "no such subscriber"),
            (["--text", "--from", "3h", "--to", "2h"], "--from 3h is after --to 2h"),
            (["--text", "--from", "30d"], "the scenario ends before"),
            (["--text", "--from", "3"], "has no unit"),
            (["--text", "--ue", "Alex", "--to", "1s"], "nothing to show"),
            (["--sequence", "x.png"], "ends in .svg"),
            (["--text", "--replication", "99"], "has replications 0 to 0"),
            (["--pcap", old], "exists and is not overwritten"),
            (["--pcap", "/nonexistent/x"], "No such file or directory"),
            (["--pcap", directory], "not an ordinary file"),
            (["--counts", old + "2", "--text", old + "2"], "asked for twice")):
        done = dtsim("trace", SCENARIO, *arguments)
        ok(done.returncode == 2 and words in done.stderr and done.stderr.count("\n") == 1,
           f"trace {' '.join(arguments) or 'without output'} is refused: {words}",
           f"{done.returncode} {done.stderr}")
    with open(old, encoding="utf-8") as f:
        ok(f.read() == "notes\n", "an older file is left alone")


def run_out_of_disk(directory):
    path = os.path.join(directory, "full.pcapng")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
    done = dtsim("trace", SCENARIO, *SHORT, "--pcap", path, preexec_fn=limit)
    ok(done.returncode == 3 and "cannot write the capture" in done.stderr and
       done.stderr.count("\n") == 1, "a full disk is one sentence and status 3", done.stderr)
    ok(not os.path.exists(path) and not os.path.exists(path + ".part"),
       "no half capture is left")
    text = os.path.join(directory, "full.txt")
    done = dtsim("trace", SCENARIO, *SHORT, "--text", text, preexec_fn=limit)
    ok(done.returncode == 3 and "File too large; nothing is kept" in done.stderr and
       not os.path.exists(text) and not os.path.exists(text + ".part"),
       "of a text too it says why, and leaves no half of it", done.stderr)


def main():
    with tempfile.TemporaryDirectory() as directory:
        for variant in variants():
            look_at(directory, variant)
        look_at_one_subscriber(directory)
        refuse(directory)
        run_out_of_disk(directory)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
