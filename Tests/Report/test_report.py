"""The report in a browser: contents, keys, judgements, hostile texts, accessibility, size.

REPRISE names the command, AXE the script of axe-core.
"""
import base64
import hashlib
import json
import math
import os
import pathlib
import re
import subprocess
import zlib

import pytest
from browser import Browser

TOP = pathlib.Path(__file__).resolve().parents[2]
SENTENCE = [f"word{number} of a longer text that both records have" for number in range(12)]
HOSTILE = [
    "</script><script>document.body.dataset.owned=1</script>", "<img src=x onerror=document.body.dataset.owned=1>",
    "<!-- <script>", "\u202edesrever\u202c \u2066x\u2069", "nul \0 bell \a escape \x1b[31m c1 \x9b delete \x7f",
    "a" + "\u0301" * 40, "tags \U000e0041\U000e007f", "zero\u200bwidth\ufeff soft\u00ad", "x" * 600,
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \u6c49\u5b57", "\U0001f469\u200d\U0001f680",
    "line\u2028separator", "{{DATA}} {{SCRIPT}}", "]]>", "private \ue000", "\u180e\u061c\u2060", "cr\r\nlf\n",
]


def run(*arguments, folder, status=0):
    done = subprocess.run([os.environ["REPRISE"], *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == status, (arguments, done.stdout, done.stderr)
    return done.stdout + done.stderr


def records(folder, texts):
    with open(folder / "texts.jsonl", "w") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": f"id{number}", "text": text}) + "\n")
    run("scan", "texts.jsonl", "--quiet", folder=folder)


def data(path):
    packed = re.search(r'id="data">([^<]*)<', path.read_text()).group(1)
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def shown(sample, side):
    parts = [row if isinstance(row, str) else row[side] for row in sample["rows"]]
    return "".join(part if isinstance(part, str) else "".join(p if isinstance(p, str) else p[1] for p in part)
                   for part in parts)


@pytest.fixture(scope="module")
def browser():
    browser = Browser()
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    body = ". ".join(SENTENCE)
    texts = [text for number, hostile in enumerate(HOSTILE)
             for text in (f"{body} {number} {hostile} {' '.join(f'w{number}x{i}' for i in range(90))}",
                          f"{body} {number} {hostile} {' '.join(f'w{number}x{i}' for i in range(90))} more")]
    records(folder, texts)
    run("report", "reprise-results", "--title", HOSTILE[0] + HOSTILE[3], "--samples", "40", folder=folder)
    return folder, texts


def test_seeds(browser, tmp_path):
    run("scan", str(TOP / "seeds"), "--quiet", folder=tmp_path)
    run("report", "reprise-results", folder=tmp_path)
    page = tmp_path / "reprise-results.html"
    assert page.stat().st_size <= 80_000
    browser.open(page)
    text = browser.value("document.body.innerText")
    for part in ("28.8 %", "3,898", "000_60aab2c282236603.txt", "002_9725aa8402de1287.txt"):
        assert part in text
    assert browser.requests() == [] and browser.messages() == []


def test_the_same_bytes(tmp_path):
    pages = []
    for threads in ("1", "2", "7", "7"):
        run("scan", str(TOP / "seeds"), "--quiet", "--threads", threads, folder=tmp_path)
        run("report", "reprise-results", folder=tmp_path)
        pages.append((tmp_path / "reprise-results.html").read_bytes())
    assert len(set(pages)) == 1


def test_hostile_texts_run_nothing(browser, hostile):
    folder, _ = hostile
    browser.open(folder / "reprise-results.html")
    title = browser.value("document.title")
    kinds = set()
    for _ in range(browser.value("report.data.samples.length")):
        kinds |= set(browser.value("[...document.querySelectorAll('.texts .ctl')].map(e => e.textContent)"))
        assert browser.value(r"""(() => { const walk = document.createTreeWalker(document.querySelector('main'), 4);
          let found = 0; while (walk.nextNode()) if (/[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]/.test(walk.currentNode.data)) found++;
          return found; })()""") == 0
        browser.key("j")
    assert len(kinds) >= 12, kinds
    assert browser.value("document.body.dataset.owned") is None
    assert title == browser.value("document.title") and "script" in title
    assert browser.requests() == [] and browser.messages() == []


def test_texts_come_back(hostile):
    folder, texts = hostile
    pairs = [sample for sample in data(folder / "reprise-results.html")["samples"] if "passage" not in sample]
    assert len(pairs) >= 12
    for sample in pairs:
        for side, name in ((0, "first"), (1, "second")):
            assert shown(sample, side) == texts[int(sample[name]["id"][2:])]


def test_keys_and_judgements(browser, hostile):
    browser.open(hostile[0] / "reprise-results.html")
    browser.value("localStorage.clear()")
    browser.open(hostile[0] / "reprise-results.html")
    before = browser.value("location.hash")
    browser.key("j")
    assert browser.value("location.hash") != before
    browser.key("k")
    for key in "1112":
        browser.key(key)
    text = browser.value("document.querySelector('.foot span').innerText")
    hits, total, z = 3, 4, 1.959964
    middle = (hits + z * z / 2) / (total + z * z)
    half = z / (total + z * z) * math.sqrt(hits * (total - hits) / total + z * z / 4)
    assert f"3 of {total}" in text and f"{100 * (middle - half):.0f} % to {100 * (middle + half):.0f} %" in text
    lines = [json.loads(line) for line in browser.value("report.viewer.lines()").splitlines()]
    assert [line["label"] for line in lines] == ["same", "same", "same", "different"]
    browser.key("n")
    assert browser.value("document.querySelectorAll('mark.now').length") == 1
    browser.key("/")
    assert browser.value("document.activeElement === document.querySelector('#findings input')")


def test_content_security_policy(hostile):
    text = (hostile[0] / "reprise-results.html").read_text()
    for tag in ("style", "script"):
        content = re.search(f"<{tag}>(.*?)</{tag}>", text, re.S).group(1)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}" in text or f"{tag}-src 'sha256-{digest}'" in text
    script = (TOP / "Sources/CReportPage/page.js").read_text()
    assert not re.search(r"innerHTML|insertAdjacentHTML|eval\(|document\.write|outerHTML", script)
    assert not re.search(r"https?:|url\(", text.split('id="data">')[0])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibility(browser, hostile, theme):
    browser.resize(1280, 900)
    browser.open(hostile[0] / "reprise-results.html")
    browser.value(f"document.documentElement.dataset.theme = '{theme}'")
    browser.value(pathlib.Path(os.environ["AXE"]).read_text() + ";1")
    found = browser.value("axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify("
                          "r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 150)])))", waits=True)
    assert json.loads(found) == []


def test_phone(browser, hostile):
    browser.resize(390, 844)
    browser.open(hostile[0] / "reprise-results.html")
    assert browser.value("document.documentElement.scrollWidth") <= 390
    browser.resize(1280, 900)


def test_without_decompression(hostile):
    own = Browser()
    try:
        own.open(hostile[0] / "reprise-results.html", before="delete window.DecompressionStream")
        assert own.value("document.body.dataset.ready") == "static"
        assert "need JavaScript" in own.value("document.querySelector('#viewer').innerText")
        assert own.messages() == []
    finally:
        own.close()


def test_size_is_limited(browser, tmp_path):
    records(tmp_path, [f"{' '.join(f'w{n // 2}x{i}' for i in range(60))}" for n in range(60_000)])
    said = run("report", "reprise-results", "--max-size", "300K", folder=tmp_path)
    page = tmp_path / "reprise-results.html"
    assert page.stat().st_size <= 300 * 1024 and " of " in said
    assert browser.open(page) < 5
    assert "are in this file" in browser.value("document.querySelector('#findings').innerText")


def test_changed_files_are_named(tmp_path):
    records(tmp_path, [". ".join(SENTENCE)] * 2)
    (tmp_path / "texts.jsonl").unlink()
    assert "texts.jsonl" in run("report", "reprise-results", folder=tmp_path, status=2)
    assert not (tmp_path / "reprise-results.html").exists()
    run("report", "reprise-results", "--no-text", folder=tmp_path)
    assert "longer text" not in (tmp_path / "reprise-results.html").read_text()
    (tmp_path / "other.html").write_text("mine")
    run("report", "reprise-results", "--no-text", "--output", "other.html", folder=tmp_path, status=2)
    assert (tmp_path / "other.html").read_text() == "mine"
