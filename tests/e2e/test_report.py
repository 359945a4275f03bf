#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The report of a small run: read by a real browser, without network, and as files."""

import html.parser
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

DTSIM = os.path.abspath(os.path.join(os.environ.get("BUILD", "build"), "dtsim"))
SCENARIO = "scenarios/two-surgeons.yaml"
SMALL = ["--replications", "2", "--set", "background.count=50", "--quiet"]
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND"]
VOID = {"meta", "br", "link", "img", "input", "hr", "source", "base"}
failures = 0


def case(name, good, why=""):
    global failures
    failures += not good
    print(f"{'ok' if good else 'not ok'} - {name}{'' if good else ': ' + str(why)}", flush=True)


def dtsim(*arguments):
    return subprocess.run([DTSIM, *map(str, arguments)], capture_output=True, text=True)


class Page(html.parser.HTMLParser):
    """Tags, references, and whether every tag that was opened is closed again, in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.references, self.ids, self.stack, self.torn = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        for key, value in attrs:
            if key in ("href", "src", "xlink:href", "data", "action", "srcset"):
                self.references.append(value)
            if key == "id":
                self.ids.append(value)

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.torn.append((tag, self.getpos()))


def check_page(index):
    page = Page(index.read_text(encoding="utf-8"))
    case("every tag is closed in order", not page.torn and not page.stack, (page.torn, page.stack))
    foreign = [r for r in page.references if not r.startswith("#")]
    case("a page refers to nothing but itself", not foreign, foreign)
    lost = [r for r in page.references if r[1:] not in page.ids]
    case("every link has a target", not lost, lost)
    case("no id stands twice", len(page.ids) == len(set(page.ids)), page.ids)
    case("a page has no script", "script" not in page.tags)


def check_browser(index, work):
    run = subprocess.run([*CHROMIUM, f"--user-data-dir={work}/profile", "--dump-dom", index.as_uri()],
                         capture_output=True, text=True, timeout=120)
    dom = run.stdout
    case("a browser shows three headline figures", dom.count('class="big"') == 3, dom[:400])
    case("no headline figure is undefined", 'class="big">undefined' not in dom)
    case("a browser shows the charts", dom.count("<figure") >= 8, dom.count("<figure"))
    shot = work / "page.png"
    subprocess.run([*CHROMIUM, f"--user-data-dir={work}/profile", f"--screenshot={shot}",
                    "--window-size=1000,1400", index.as_uri()], capture_output=True, timeout=120)
    case("a browser paints the page", shot.exists() and shot.stat().st_size > 50_000)


def check_charts(charts):
    svgs, pngs = sorted(charts.glob("*.svg")), sorted(charts.glob("*.png"))
    case("every chart is there as SVG and PNG",
         len(svgs) >= 8 and [s.stem for s in svgs] == [p.stem for p in pngs], charts)
    for svg, png in zip(svgs, pngs):
        root = xml.etree.ElementTree.parse(svg).getroot()
        box = [float(x) for x in root.get("viewBox").split()]
        width, height = struct.unpack(">II", png.read_bytes()[16:24])
        if (width, height) != (2 * box[2], 2 * box[3]) or not root.find("{*}title").text:
            case(f"{svg.stem}: the picture has twice the size of the drawing", False, (width, box))
            return
    case("every picture has twice the size of its drawing", True)


def check_refusals(result, work):
    run = dtsim("report", result)
    case("a report without -o is bad usage", run.returncode == 2 and "-o" in run.stderr, run)
    run = dtsim("report", SCENARIO, "-o", work / "no")
    case("a file that is no result is bad input", run.returncode == 2 and SCENARIO in run.stderr, run)
    case("bad input leaves nothing behind", not (work / "no").exists())
    run = dtsim("report", result, "-o", result)
    case("a file in the directory's place is bad input",
         run.returncode == 2 and str(result) in run.stderr, run)
    run = dtsim("report", result, "-o", work / "no" / "such" / "place")
    case("a directory that cannot be made is a failure",
         run.returncode == 3 and "place" in run.stderr, run)
    run = dtsim("report", "--help")
    case("report --help helps", run.returncode == 0 and "-o" in run.stdout, run)


def main():
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        result = work / "small.h5"
        run = dtsim("run", SCENARIO, "-o", result, *SMALL)
        case("a small run ends well", run.returncode == 0, run.stderr)
        if run.returncode:
            return
        run = dtsim("report", result, "-o", work / "one")
        case("a report is written", run.returncode == 0, run.stderr)
        if run.returncode:
            return
        dtsim("report", result, "-o", work / "again")
        same = (work / "one/index.html").read_bytes() == (work / "again/index.html").read_bytes()
        case("the same result gives the same page", same)
        check_page(work / "one" / "index.html")
        check_browser(work / "one" / "index.html", work)
        check_charts(work / "one" / "charts")
        check_refusals(result, work)
        run = dtsim("report", result, result, "-o", work / "two")
        case("two files are compared", run.returncode == 0 and
             "<h1>Comparison</h1>" in (work / "two/index.html").read_text(encoding="utf-8"), run)


main()
sys.exit(failures != 0)
