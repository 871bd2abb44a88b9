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
    (hostile[0] / "labels.jsonl").write_text(browser.value("report.viewer.lines()"))
    audit = json.loads(run("audit", "reprise-results", "--labels", "labels.jsonl", "--json", folder=hostile[0]))
    assert (audit["judged_same"], audit["judged_different"]) == (3, 1)
    assert abs(audit["judged_share_lower"] - (middle - half)) < 5e-4
    assert abs(audit["judged_share_upper"] - (middle + half)) < 5e-4
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


def document(seed, words=120):
    """A text in lines, whose words no other seed has."""
    return "\n".join(" ".join(f"s{seed}w{line}x{i}" for i in range(10)) for line in range(words // 10))


def write_lines(path, texts, prefix="id"):
    with open(path, "w") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": f"{prefix}{number}", "text": text}) + "\n")


def test_references_are_shown(browser, tmp_path):
    write_lines(tmp_path / "old.jsonl", [document(1), document(2)], "old")
    write_lines(tmp_path / "new.jsonl", [document(1) + " more", document(3)], "new")
    run("scan", "new.jsonl", "--against", "old.jsonl", "--quiet", folder=tmp_path)
    run("report", "reprise-results", folder=tmp_path)
    page = tmp_path / "reprise-results.html"
    sample, = data(page)["samples"]
    assert sample["first"]["id"] == "old0" and sample["first"]["reference"] == "old.jsonl"
    assert [shown(sample, side) for side in (0, 1)] == [document(1), document(1) + " more"]
    browser.open(page)
    assert "in old.jsonl: old0" in browser.value("document.querySelector('.cols').innerText")


def test_passages_have_context(browser, tmp_path):
    passage = document(9, 200)
    texts = [f"{document(n, 60)} \u00e9\u00e9\u00e9\n{passage}\nend \U0001f600 {document(n + 50, 60)}" for n in (1, 2)]
    write_lines(tmp_path / "texts.jsonl", texts)
    run("scan", "texts.jsonl", "--quiet", folder=tmp_path)
    run("report", "reprise-results", folder=tmp_path)
    sample, = data(tmp_path / "reprise-results.html")["samples"]
    for side, text in enumerate(texts):
        whole = sample["before"][side] + shown(sample, side) + sample["after"][side]
        assert whole in text and "\ufffd" not in whole
        assert 250 <= len(sample["before"][side].encode()) <= 260
        assert 250 <= len(sample["after"][side].encode()) <= 260
    browser.open(tmp_path / "reprise-results.html")
    assert browser.value("document.querySelectorAll('.around').length") == 2


def test_folders_are_told_apart(browser, tmp_path):
    for number, name in enumerate(["old/a.txt", "old/b.txt", "new/c.txt", "new/d.txt", "e.txt"]):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(document(number % 2 if number < 4 else 7))
    run("scan", "in", "--quiet", folder=tmp_path)
    run("report", "reprise-results", "--group-by", "folder", folder=tmp_path)
    browser.open(tmp_path / "reprise-results.html")
    text = browser.value("document.querySelector('#sources').innerText")
    rows = browser.value("[...document.querySelectorAll('#sources .bars tbody tr')].map(row => [...row.children].slice(0, 2).map(cell => cell.innerText))")
    assert sorted(rows) == [[".", "1"], ["new", "2"], ["old", "2"]]
    assert "Folders, and which repeats which" in text and re.search(r"of old repeat new", text)


def test_groups_of_ids_are_told_apart(browser, tmp_path):
    ids = ["old/1", "old/2", "new/1", "new/2", "new/3/x", "single"]
    with open(tmp_path / "texts.jsonl", "w") as file:
        for number, name in enumerate(ids):
            file.write(json.dumps({"id": name, "text": document(number % 2 if number < 4 else number)}) + "\n")
    run("scan", "texts.jsonl", "--quiet", folder=tmp_path)
    run("report", "reprise-results", "--group-by", "id:/", folder=tmp_path)
    browser.open(tmp_path / "reprise-results.html")
    rows = browser.value("[...document.querySelectorAll('#sources .bars tbody tr')].map(row => [...row.children].slice(0, 2).map(cell => cell.innerText))")
    assert sorted(rows) == [["ids without /", "1"], ["new", "3"], ["old", "2"]]
    text = browser.value("document.querySelector('#sources').innerText")
    assert "Groups, and which repeats which" in text and re.search(r"of new repeat old", text)
    said = run("show", "reprise-results", "--group-by", "id:/", folder=tmp_path)
    assert "Groups, and which repeats which" in said and re.search(r"of new +repeat old", said)
    run("report", "reprise-results", "--group-by", "id:", folder=tmp_path, status=2)


def test_lists_without_script(hostile):
    text = re.sub(r"<script.*?</script>", "", (hostile[0] / "reprise-results.html").read_text(), flags=re.S)
    for name, count in (("clusters", len(HOSTILE)), ("passages", 1), ("findings", 20)):
        part = text.split(f'data-list="{name}">')[1].split("</section>")[0]
        assert part.count("<tr>") == 1 + count, name
    assert re.search(r"<td><bdi>id\d+</bdi></td>", text) and "<img" not in text


def test_an_audit_is_included(browser, tmp_path):
    texts = [document(n) for n in range(40)]
    # Seven of eight lines are equal, which is similar, and below the threshold.
    texts += [document(n).replace(f"s{n}w3x4 ", "other ").replace(f"s{n}w8x4 ", "other ") for n in range(12)]
    texts += [document(n) + " more" for n in range(20, 30)]
    write_lines(tmp_path / "texts.jsonl", texts)
    run("scan", "texts.jsonl", "--threshold", "0.9", "--quiet", folder=tmp_path)
    (tmp_path / "audit.json").write_text(run("audit", "reprise-results", "--json", folder=tmp_path))
    run("report", "reprise-results", "--audit", "audit.json", folder=tmp_path)
    page = tmp_path / "reprise-results.html"
    below = [sample for sample in data(page)["samples"] if sample["kind"] == "below"]
    measured = json.loads((tmp_path / "audit.json").read_text())
    assert [sample["similarity"] for sample in below] == [pair["similarity"] for pair in measured["near_misses"]]
    assert len(below) == 10
    assert all(shown(s, side) == texts[int(s[name]["id"][2:])] for s in below for side, name in ((0, "first"), (1, "second")))
    browser.open(page)
    said = browser.value("document.querySelector('.rely').innerText")
    assert "Measured: 100.00 % of the duplicates were found" in said and "0 of 10 drops" in said
    cuts = measured["passages"]["cuts_checked"]
    assert re.search(rf"0 of {cuts} cuts? that were computed again were wrong\. 0 documents of \d+ have 50 words", said)
    table = browser.value("document.querySelector('#similarity table.bars').innerText")
    expected = {str(entry["threshold"]): entry["near_duplicates"] for entry in measured["thresholds"]}
    assert re.search(r"^0\.80\s+" + str(expected["0.8"]), table, re.M) and expected["0.8"] == 22, table

    run("scan", "texts.jsonl", "--threshold", "0.8", "--quiet", folder=tmp_path)
    said = run("report", "reprise-results", "--audit", "audit.json", folder=tmp_path, status=2)
    assert "audit.json" in said and "other results" in said
    (tmp_path / "audit.json").write_text("[")
    assert "audit.json" in run("report", "reprise-results", "--audit", "audit.json", folder=tmp_path, status=2)


def test_a_large_record(browser, tmp_path):
    """Differences at the end of a long text are shown: the middle of what is equal is left out."""
    long, longer = document(1, 20_000), document(2, 60_000)
    write_lines(tmp_path / "texts.jsonl", [long, long + "\nthe end differs", longer, longer + " more"])
    run("scan", "texts.jsonl", "--quiet", folder=tmp_path)
    run("report", "reprise-results", "--max-size", "200K", folder=tmp_path)
    page = tmp_path / "reprise-results.html"
    assert page.stat().st_size <= 200 * 1024
    cut, sample = sorted(data(page)["samples"], key=lambda sample: sample["first"]["id"], reverse=True)
    assert cut["cut"] == 256 and cut["left"] == cut["right"] == 0 and "cut" not in sample
    rows = sample["rows"]
    assert [row["equal"] for row in rows if isinstance(row, dict)] == [sample["common"] - 70]
    assert "the end differs" in shown({"rows": [row for row in rows if not isinstance(row, dict)]}, 1)
    browser.open(page)
    text = ""
    for _ in range(2):
        text += browser.value("document.querySelector('.stage').innerText")
        browser.key("j")
    assert text.count("equal words, not in this file") == 2 and text.count("Only the first 256 KB are compared here.") == 1


def test_print(browser, hostile):
    """Nothing is wider than its page, and the report has at most 40 pages."""
    browser.open(hostile[0] / "reprise-results.html")
    printed = base64.b64decode(browser.call("Page.printToPDF", printBackground=True, paperWidth=8.27,
                                            paperHeight=11.69)["data"])
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 40
    browser.call("Emulation.setEmulatedMedia", media="print")
    browser.resize(700, 1000)
    try:
        assert browser.value("document.documentElement.scrollWidth") <= 700
        wide = browser.value("[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 701"
                             " && getComputedStyle(e).display !== 'none').map(e => e.outerHTML.slice(0, 120))")
        assert wide == []
    finally:
        browser.call("Emulation.setEmulatedMedia", media="")
        browser.resize(1280, 900)


def test_hostile_file_names(browser, tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    names = ["<img src=x onerror=document.body.dataset.owned=1>.txt", "\u202egnp.txt", "a&b \"quoted' {{DATA}}.txt",
             "line\nend.txt", "--option.txt"]
    for number, name in enumerate(names):
        (folder / name).write_text(document(number // 2))
    run("scan", "corpus", "--quiet", folder=tmp_path)
    run("report", "reprise-results", folder=tmp_path)
    browser.open(tmp_path / "reprise-results.html")
    assert browser.value("document.body.dataset.owned") is None
    assert browser.requests() == [] and browser.messages() == []
    assert "a&b" in browser.value("document.querySelector('#sources').textContent")


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
