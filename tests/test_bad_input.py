"""Files that are broken, odd or hostile: a place or a finding, never the verdict allowed, never a traceback."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import main
from license_audit.readers import files, strict_yaml
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

PROFILE = """\
schema: 1
organization: {name: Acme, kind: company, agreements: [], claims_against: [], monthly_active_users: {at_most: 5}}
uses:
  shop:
    purpose: commercial
    environment: production
    acts: [run, build-product]
    audience: public
    domains: [customer-service]
    outputs: {train_models: none}
    derivative: {public_statements: false}
"""
MANIFEST = "schema: 1\nmodels:\n  - {path: m, use: shop}\n"
CARD = "---\nlicense: apache-2.0\n---\nA model.\n"
BASE = "---\nlicense: apache-2.0\nbase_model: %s\n---\nA model.\n"
LAUGHS = 'a: &a ["ha"]\n' + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


class Site:
    """A manifest, a profile and a local model that would be allowed, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "m").mkdir()
        self.write("profile.yaml", PROFILE)
        self.write("models.yaml", MANIFEST)
        self.write("m/README.md", CARD)

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file of the site."""
        raw = content if isinstance(content, bytes) else content.encode()
        (self.folder / name).write_bytes(raw)

    def run(self, *options: str) -> Result:
        """Check the manifest. Whatever comes, it is no traceback."""
        command = ["check", str(self.folder / "models.yaml"), "--on", "2026-11-24", *options]
        result = CliRunner().invoke(main, command)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    def refused(self, place: str, what: str) -> None:
        """The audit cannot be done; one line names the place and says what is wrong."""
        result = self.run()
        assert result.exit_code == 3, result.output
        assert result.stdout == ""
        lines = [line.removeprefix(f"{self.folder}/") for line in result.stderr.splitlines()]
        assert [line for line in lines if line.startswith(f"{place}: ") and what in line], result.stderr

    def doubted(self, *told: str) -> str:
        """The audit is done, and the one verdict is undetermined for reasons that are told."""
        result = self.run("--format", "json")
        assert result.exit_code == 1, result.output
        (use,) = json.loads(result.stdout)["uses"]
        assert use["assessment"]["verdict"] == "undetermined"
        findings = "\n".join(f"{finding['kind']}: {finding['message']}" for finding in use["findings"])
        for text in told:
            assert text in findings
        return findings

    def allowed(self) -> None:
        """The one verdict is allowed, without a remark about the files."""
        result = self.run("--format", "json")
        assert result.exit_code == 0, result.output
        (use,) = json.loads(result.stdout)["uses"]
        assert use["assessment"]["verdict"] == "allowed"
        assert [finding for finding in use["findings"] if finding["kind"] == "evidence-odd"] == []


@pytest.fixture
def site(tmp_path: Path, catalog: PackagedCatalog, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose one model is allowed. The catalog is read once for all tests."""
    monkeypatch.setattr("license_audit.checking.catalog_with", lambda _rules: catalog)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Site(tmp_path)


def test_the_well_formed_twin_is_allowed(site: Site) -> None:
    site.allowed()


@pytest.mark.parametrize("name", ["profile.yaml", "models.yaml", "m/README.md"])
def test_a_byte_order_mark_and_windows_line_ends_are_fine(site: Site, name: str) -> None:
    text = (site.folder / name).read_text(encoding="utf-8")
    site.write(name, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    site.allowed()


@pytest.mark.parametrize("name", ["profile.yaml", "models.yaml"])
def test_a_missing_file(site: Site, name: str) -> None:
    (site.folder / name).unlink()
    site.refused(name, "cannot be read: no such file or directory")


def test_both_missing_files_are_told(site: Site) -> None:
    (site.folder / "profile.yaml").unlink()
    (site.folder / "models.yaml").unlink()
    assert "2 problems" in site.run().stderr


def test_a_missing_model_folder(site: Site) -> None:
    site.write("models.yaml", MANIFEST.replace("path: m", "path: n"))
    site.refused("models.yaml:3:5", "n cannot be read as a model folder: no such file or directory")


def test_a_model_folder_that_is_a_file(site: Site) -> None:
    site.write("n", "")
    site.write("models.yaml", MANIFEST.replace("path: m", "path: n"))
    site.refused("models.yaml:3:5", "n cannot be read as a model folder: not a directory")


@pytest.mark.parametrize("name", ["profile.yaml", "models.yaml"])
@pytest.mark.parametrize("content", ["", "\n\n", "# nothing\n", "---\n"])
def test_an_empty_file(site: Site, name: str, content: str) -> None:
    site.write(name, content)
    site.refused(f"{name}:1:1", "is empty; expected a mapping that starts with schema: 1")


NOT_UTF_8 = [
    pytest.param(b"ab\ncd\xff\n", "2:3", "is not UTF-8", id="not UTF-8"),
    pytest.param("schema: 1\n".encode("utf-16"), "1:1", "is UTF-16; save it as UTF-8", id="UTF-16"),
    pytest.param(b"\xfe\xff\x00a", "1:1", "is UTF-16; save it as UTF-8", id="UTF-16 big-endian"),
    pytest.param(b"ab\ncd\x00\n", "2:3", "holds a NUL character", id="NUL"),
]


@pytest.mark.parametrize("name", ["profile.yaml", "models.yaml"])
@pytest.mark.parametrize(("content", "place", "what"), NOT_UTF_8)
def test_not_utf_8(site: Site, name: str, content: bytes, place: str, what: str) -> None:
    site.write(name, content)
    site.refused(f"{name}:{place}", what)


@pytest.mark.parametrize("name", ["m/README.md", "m/LICENSE", "m/config.json"])
@pytest.mark.parametrize("content", [param.values[0] for param in NOT_UTF_8])
def test_a_file_of_a_model_that_is_not_utf_8(site: Site, name: str, content: bytes) -> None:
    """What can be read of it is read, and what it may have said stays open."""
    site.write(name, content)
    assert name in site.doubted()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("m/README.md", "evidence-odd: m/README.md:2:3"),
        ("m/LICENSE", "evidence-odd: m/LICENSE:2:3: is not UTF-8; what cannot be read counts as no letter"),
        ("m/config.json", "evidence-odd: m/config.json:2:3: is not UTF-8; what cannot be read counts as no letter"),
    ],
)
def test_the_first_wrong_byte_is_told(site: Site, name: str, told: str) -> None:
    site.write(name, b"ab\ncd\xff\n")
    site.doubted(told)


@pytest.mark.parametrize("name", ["profile.yaml", "models.yaml"])
def test_a_huge_file_is_not_read(site: Site, name: str) -> None:
    os.truncate(site.folder / name, 100_000_000)
    site.refused(name, "is 100,000,000 bytes long; at most 4,000,000 are read")


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "config.json"])
def test_a_huge_file_of_a_model_is_not_read(site: Site, name: str) -> None:
    site.write(f"m/{name}", "")
    os.truncate(site.folder / "m" / name, 100_000_000)
    site.refused("models.yaml:3:5", f"m/{name} is 100,000,000 bytes long")


@pytest.mark.parametrize("name", ["profile.yaml", "models.yaml"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_regular_file_is_not_opened(site: Site, name: str, kind: str) -> None:
    path = site.folder / name
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    site.refused(name, "is not a regular file")


@pytest.mark.parametrize("name", ["README.md", "LICENSE"])
def test_a_pipe_in_a_model_folder_is_not_opened(site: Site, name: str) -> None:
    (site.folder / "m" / name).unlink(missing_ok=True)
    os.mkfifo(site.folder / "m" / name)
    site.refused("models.yaml:3:5", f"m/{name} is not a regular file")


@pytest.mark.parametrize("name", ["profile.yaml", "models.yaml"])
def test_a_loop_of_links(site: Site, name: str) -> None:
    (site.folder / name).unlink()
    (site.folder / name).symlink_to(name)
    site.refused(name, "cannot be read: too many levels of symbolic links")


def test_a_model_folder_that_is_a_loop_of_links(site: Site) -> None:
    (site.folder / "n").symlink_to("n")
    site.write("models.yaml", MANIFEST.replace("path: m", "path: n"))
    site.refused("models.yaml:3:5", "n cannot be read as a model folder: too many levels of symbolic links")


@pytest.mark.parametrize("target", ["LICENSE", "../profile.yaml", "/dev/zero", "/nowhere", "../../etc/passwd"])
def test_a_link_that_leads_out_of_the_model_folder(site: Site, target: str) -> None:
    (site.folder / "m" / "LICENSE").symlink_to(target)
    site.refused("models.yaml:3:5", "m/LICENSE is a link that leads out of the model folder, or nowhere")


def test_a_link_inside_the_model_folder_is_fine(site: Site) -> None:
    (site.folder / "m" / "README.md").rename(site.folder / "m" / "card.md")
    (site.folder / "m" / "README.md").symlink_to("card.md")
    site.allowed()


@pytest.mark.parametrize("name", [b"LICENSE\x1b[2J", b"LICENSE\xff", b"NOTICE\n"])
def test_an_odd_name_of_a_license_file(site: Site, name: bytes) -> None:
    (site.folder / "m" / os.fsdecode(name)).write_text("", encoding="utf-8")
    site.refused("models.yaml:3:5", "m holds a file with control characters in its name")
    assert "\x1b" not in site.run().output


YAML = {
    "deep flow": ("a: " + "[" * 100_000, "not valid YAML"),
    "deep and closed": ("a: " + "[" * 200 + "]" * 200, "nested more than 60 levels deep"),
    "deep blocks": ("- " * 100_000 + "x", "not valid YAML"),
    "contains itself": ("&a [*a]", "a value contains itself"),
    "contains itself below": ("a: &a {b: {c: *a}}", "a value contains itself"),
    "billion laughs": (LAUGHS, "more than 1,000,000 values; are aliases multiplying?"),
    "python tag": ("a: !!python/object:os.system [x]", "the tag tag:yaml.org,2002:python/object:os.system"),
    "python name": ("a: !!python/name:os.system ''", "is not allowed"),
    "own tag": ("a: !include profile.yaml", "the tag !include is not allowed"),
    "binary": ("a: !!binary aGE=", "the tag tag:yaml.org,2002:binary is not allowed"),
    "key twice": ("license: mit\nlicense: apache-2.0", "the key 'license' stands here twice"),
    "merge key": ("a: &a {b: c}\nd: {<<: *a}", "merge keys are not supported"),
    "key that is a list": ("? [a, b]\n: c", "a key must be plain text"),
    "alias without anchor": ("a: *b", "not valid YAML: found undefined alias"),
    "tab": ("a:\n\t- b", "not valid YAML"),
    "open quote": ("a: 'b", "not valid YAML"),
    "control character": ("a: b\x07", "a control character is not allowed"),
    "escaped control character": ('a: "\\e[2J"', "a control character is written with a backslash"),
    "control character in a key": ('"\\e[2J": a', "a key must be plain text without control characters"),
    "half a surrogate pair": ('a: "\\ud800"', "not valid YAML"),
    "two documents": ("a: b\n--- \nc: d", "not valid YAML"),
    "not a mapping": ("- license: apache-2.0", "mapping"),
    "only text": ("license apache-2.0", "mapping"),
}
FRONT_MATTER = {name: case for name, case in YAML.items() if name != "two documents"}
"""In a card, the fence of a second document ends the front matter."""


@pytest.mark.parametrize("name", ["profile.yaml", "models.yaml"])
@pytest.mark.parametrize(("text", "what"), YAML.values(), ids=YAML)
def test_yaml_that_is_refused(site: Site, name: str, text: str, what: str) -> None:
    site.write(name, text)
    result = site.run()
    assert result.exit_code == 3
    first = result.stderr.splitlines()[0].removeprefix(f"{site.folder}/")
    file, line, column, message = first.split(":", 3)
    assert (file, line.isdecimal(), column.isdecimal()) == (name, True, True)
    assert what in message
    assert "\x1b" not in result.output


@pytest.mark.parametrize("license_text", [False, True], ids=["card alone", "card and text"])
@pytest.mark.parametrize(("text", "what"), FRONT_MATTER.values(), ids=FRONT_MATTER)
def test_front_matter_that_is_refused(site: Site, text: str, what: str, license_text: bool) -> None:
    if license_text:
        shutil.copy(ROOT / "LICENSE", site.folder / "m" / "LICENSE")
        site.allowed()
    site.write("m/README.md", f"---\n{text}\n---\nA model.\n")
    findings = site.doubted("evidence-odd: m/README.md:", what)
    place = findings.split("m/README.md:", 1)[1]
    assert int(place.split(":")[0]) >= 2


def test_problems_that_multiply_are_told_once(site: Site) -> None:
    site.write("profile.yaml", LAUGHS)
    assert len(site.run().stderr.splitlines()) == 2


def test_a_long_flat_list_is_refused_in_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "MAX_VALUES", 100)
    site.write("profile.yaml", "[" + "a," * 1_000 + "a]")
    site.refused("profile.yaml:1:200", "more than 100 values")
    assert len(site.run().stderr.splitlines()) == 2


def test_thousands_of_unknown_keys_are_told_in_time(site: Site) -> None:
    site.write("profile.yaml", PROFILE + "".join(f"key-{number}: 1\n" for number in range(2_000)))
    site.refused("profile.yaml:12:8", "unknown key key-0")


def test_the_limit_of_size_is_a_limit(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    size = (site.folder / "profile.yaml").stat().st_size
    monkeypatch.setattr(files.read_text, "__defaults__", (size,))
    site.allowed()
    monkeypatch.setattr(files.read_text, "__defaults__", (size - 1,))
    site.refused("profile.yaml", f"is {size} bytes long; at most {size - 1} are read")


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "what"),
    [
        ("profile.yaml", "audience:", "audeince:", "8:15", "unknown key uses.shop.audeince; did you mean audience?"),
        ("profile.yaml", "uses:", "usse:", "4:3", "unknown key usse; did you mean uses?"),
        ("profile.yaml", "kind:", "knid:", "2:34", "unknown key organization.knid; did you mean kind?"),
        ("profile.yaml", "{at_most:", "{at_msot:", "2:101", "expected a month such as 2023-06"),
        ("profile.yaml", "acts: [", "zzzzzz: [", "7:13", "unknown key uses.shop.zzzzzz"),
        ("profile.yaml", "{train_models: none}", "{train_modles: none}", "10:29", "did you mean train_models?"),
        ("models.yaml", "use:", "ues:", "3:20", "unknown key models.0.ues; did you mean use?"),
        ("models.yaml", "models:", "modles:", "3:3", "unknown key modles; did you mean models?"),
        ("models.yaml", "use: shop", "use: shpo", "3:20", "the profile has no use 'shpo'; did you mean shop?"),
        ("models.yaml", "use: shop", "use: zzz", "3:20", "the profile has no use 'zzz'; it has shop"),
        ("models.yaml", "use: shop", "use: []", "3:5", "expected the name of at least one use"),
        ("models.yaml", "path: m, ", "", "3:5", "expected id or path"),
        ("models.yaml", ", use: shop", "", "3:5", "models.0.use is missing"),
        ("models.yaml", "schema: 1", "schema: 2", "1:9", "schema: Input should be '1'"),
    ],
)
def test_keys_and_names_that_do_not_exist(site: Site, name: str, old: str, new: str, place: str, what: str) -> None:
    text = (site.folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    site.write(name, text.replace(old, new))
    site.refused(f"{name}:{place}", what)


@pytest.mark.parametrize(
    ("license_", "told"),
    [
        ("no", "license-unrecognized: m: nobody knows a license 'no'"),
        ("2", "license-unrecognized: m: nobody knows a license '2'"),
        ("", "license-missing: m: no license is declared"),
        ("''", "license-missing: m: no license is declared"),
        ("[]", "license-missing: m: no license is declared"),
        ("[mit, apache-2.0]", "several-licenses: m: mit, apache-2.0 may mean both"),
        ("{name: apache-2.0}", "evidence-odd: m/README.md:2:10: license is not a name"),
        ("[apache-2.0, {name: mit}]", "evidence-odd: m/README.md:2:23: license is not a name"),
        ("[[apache-2.0]]", "evidence-odd: m/README.md:2:11: license is not a name"),
        ("../../apache-2.0", "license-unrecognized: m: nobody knows a license '../../apache-2.0'"),
        ("<b>apache-2.0</b>", "license-unrecognized"),
    ],
)
def test_a_license_that_is_no_name(site: Site, license_: str, told: str) -> None:
    site.write("m/README.md", CARD.replace("apache-2.0", license_))
    site.doubted(told)


@pytest.mark.parametrize("license_text", [False, True], ids=["card alone", "card and text"])
@pytest.mark.parametrize(
    ("card", "told"),
    [
        ("<!-- hello -->\n" + CARD, "m/README.md:2:1: the front matter does not start the file and is not read"),
        ("---\nlicense: apache-2.0\nA model.\n", "m/README.md:1:1: the front matter is not closed and is not read"),
        ("\n\n---\nbase_model: a/b\n", "m/README.md:3:1: the front matter is not closed and is not read"),
    ],
)
def test_front_matter_that_the_hub_does_not_read(site: Site, card: str, told: str, license_text: bool) -> None:
    if license_text:
        shutil.copy(ROOT / "LICENSE", site.folder / "m" / "LICENSE")
        site.allowed()
    site.write("m/README.md", card)
    site.doubted(f"evidence-odd: {told}")


def test_a_rule_across_the_page_is_no_front_matter(site: Site) -> None:
    shutil.copy(ROOT / "LICENSE", site.folder / "m" / "LICENSE")
    site.write("m/README.md", "# A model\n\nGood.\n\n---\n\nThe end.\n")
    site.allowed()


@pytest.mark.parametrize("key", ["licence", "licenses", "License"])
def test_a_key_that_is_not_the_hubs(site: Site, key: str) -> None:
    site.write("m/README.md", CARD.replace("license", key))
    site.doubted(f"m/README.md:2:{len(key) + 3}: the key '{key}' is not read as the license", "license-missing")


IDS = {
    "climbs": "../../etc/passwd",
    "climbs inside": "org/..name",
    "control character": '"org/na\\u0007me"',
    "escape": '"org/\\e[31mname"',
    "line end": '"org/na\\nme"',
    "markup": "<script>alert(1)</script>",
    "attribute": "'\"onload=x'",
    "space": "org/my model",
    "three parts": "a/b/c",
    "too long": "a" * 201,
    "list": "[[org/name]]",
    "mapping": "{name: org/name}",
    "empty": "''",
}


@pytest.mark.parametrize("id_", IDS.values(), ids=IDS)
def test_a_model_id_of_the_manifest_that_is_none(site: Site, id_: str) -> None:
    site.write("models.yaml", f"schema: 1\nmodels:\n  - id: {id_}\n    use: shop\n")
    result = site.run()
    assert result.exit_code == 3
    assert re.search(re.escape(f"{site.folder}/models.yaml") + r":3:[59]: ", result.stderr)
    assert "\x1b" not in result.output
    site.write("models.yaml", f"schema: 1\nmodels:\n  - path: m\n    use: shop\n    base: {id_}\n")
    result = site.run()
    assert result.exit_code == 3
    assert f"{site.folder}/models.yaml:5:" in result.stderr


@pytest.mark.parametrize("path", ['"m\\u0007"', "'<b>m</b>'", "''", "[m]"])
def test_a_path_of_the_manifest_that_is_none(site: Site, path: str) -> None:
    site.write("models.yaml", MANIFEST.replace("path: m", f"path: {path}"))
    site.refused("models.yaml:3:12", "")


@pytest.mark.parametrize("id_", [id_ for name, id_ in IDS.items() if name != "empty"])
def test_a_base_of_a_card_that_is_no_id(site: Site, id_: str) -> None:
    site.write("m/README.md", BASE % "mistralai/Mistral-7B-v0.1")
    site.allowed()
    site.write("m/README.md", BASE % id_)
    findings = site.doubted("parent-terms-unknown" if "\\" not in id_ else "evidence-odd")
    assert "m/README.md" in findings
    assert "\x1b" not in findings
    assert "\x1b" not in site.run().output


def test_a_base_that_is_no_id_beside_one_that_is(site: Site) -> None:
    site.write("m/README.md", BASE % "[mistralai/Mistral-7B-v0.1, /data/llama]")
    site.doubted("base_model '/data/llama' is no Hub id", "parent-terms-unknown")


@pytest.mark.parametrize("base", ['"../llama"', '"/data/llama 2"', '["a/b"]', "5", '"\\u001b[2J"', '"\\ud800"'])
def test_a_base_of_an_adapter_that_is_no_id(site: Site, base: str) -> None:
    site.write("m/adapter_config.json", '{"base_model_name_or_path": "mistralai/Mistral-7B-v0.1"}')
    site.allowed()
    site.write("m/adapter_config.json", f'{{"base_model_name_or_path": {base}}}')
    site.doubted("parent-terms-unknown: (the base in m/adapter_config.json, which is no Hub id)")
    site.write("m/README.md", BASE % "mistralai/Mistral-7B-v0.1")
    site.allowed()


@pytest.mark.parametrize("name", ["config.json", "adapter_config.json"])
@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        ("", "1:1", "is not valid JSON"),
        ('{"a":\n x}', "2:2", "is not valid JSON"),
        ("[" * 100_000, "1:1", "is not valid JSON"),
        (f'{{"a": {"1" * 5_000}}}', "1:1", "is not valid JSON"),
        ("[]", "1:1", "expected a JSON object"),
        ("null", "1:1", "expected a JSON object"),
    ],
)
def test_broken_json(site: Site, name: str, content: str, place: str, what: str) -> None:
    """It may have named any parent."""
    site.write(f"m/{name}", content)
    site.doubted(f"evidence-odd: m/{name}:{place}: {what}", "parent-terms-unknown: (")


def test_markup_stays_text_in_the_report(site: Site, tmp_path: Path) -> None:
    site.write("m/README.md", CARD.replace("apache-2.0", "<script>alert(1)</script>"))
    site.run("--report", str(tmp_path / "report.html"))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "alert(1)" in page


@pytest.mark.parametrize(
    "text", ["©" * 200_000 + ".", "(" * 200_000 + ".", "continu" * 100_000, "lora a/" + "a." * 99_999]
)
@pytest.mark.parametrize("name", ["LICENSE", "README.md"])
def test_text_made_to_be_slow_is_read_in_time(site: Site, name: str, text: str) -> None:
    site.write(f"m/{name}", text)
    site.doubted()


def test_a_currency_without_a_rate_is_a_question(site: Site) -> None:
    site.write("m/README.md", CARD.replace("apache-2.0", "falcon-llm-1.0"))
    held = "agreements: [{licensor: TII, covers: [falcon-llm-1.0], since: 2023-06-01}]"
    declared = PROFILE.replace("agreements: []", held) + (
        "    fulfils: [credit, license-copy, attribution-notices, notice-file, public-statement, royalty-report]\n"
        "    attributable_revenue: {currency: EUR, at_least: 500, at_most: 600}\n"
    )
    site.write("profile.yaml", declared)
    site.doubted()
    assert "question: organization.exchange_rates.EUR.USD" in site.run().stdout
    site.write("profile.yaml", declared.replace("kind: company", "kind: company, exchange_rates: {EUR: {USD: 1.1}}"))
    site.allowed()


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        (
            "{at_most: 5}",
            "{2023-13: 5}",
            "2:101",
            "'2023-13' is not one of currency, at_least, at_most; expected a month",
        ),
        ("{at_most: 5}", "{2023: 5}", "2:101", "expected a month such as 2023-06"),
        ("{at_most: 5}", "{at_most: -5}", "2:101", "a figure is negative or no number; expected 0 or more"),
        ("{at_most: 5}", "{2023-06: -5}", "2:101", "a figure is negative or no number; expected 0 or more"),
        ("{at_most: 5}", "{2023-06: many}", "2:101", "expected a number, not 'many'"),
        ("{at_most: 5}", "{at_most: many}", "2:111", "valid decimal"),
        ("{at_most: 5}", "{at_most: nan}", "2:111", "finite number"),
        ("{at_most: 5}", "{2023-06: nan}", "2:101", "finite number"),
        ("{at_most: 5}", "{2023-06: 1e999999}", "2:101", "a figure is above 1,000,000,000,000,000,000"),
        ("{at_most: 5}", "{at_least: 6, at_most: 5}", "2:101", "at_least 6 is above at_most 5"),
        (
            "{at_most: 5}",
            "{currency: eur, at_most: 5}",
            "2:101",
            "expected an ISO 4217 currency in capitals, not 'eur'",
        ),
        ("{at_most: 5}", "5", "2:101", "Input should be"),
        ("kind: company", "annual_revenue: {2025: 5}", "2:44", "an amount of money needs a currency"),
        ("kind: company", "annual_revenue: {currency: EUR, 2025-01: 5}", "2:44", "expected a fiscal year such as 2025"),
        ("kind: company", "exchange_rates: {EUR: {USD: 0}}", "2:15", "an exchange rate is not above zero"),
        (
            "kind: company",
            "exchange_rates: {EUR: {USD: 1e999999}}",
            "2:15",
            "an exchange rate is not above zero, or above",
        ),
        ("kind: company", "exchange_rates: {EUR: {USD: x}}", "2:56", "valid decimal"),
        ("kind: company", "exchange_rates: {EUR: {USD: 1e-99999999}}", "2:15", "rate has more than 100 decimals"),
        ("{at_most: 5}", "{at_most: 1e-99999999}", "2:101", "a figure has more than 100 decimals"),
        ("kind: company", "kind: firm", "2:34", "Input should be 'company'"),
        ("kind: company", "established_in: [Germany]", "2:45", "expected an ISO 3166-1 alpha-2 country code"),
        ("kind: company", "established_in: [[DE]]", "2:45", "expected an ISO 3166-1 alpha-2 country code"),
        ("kind: company", "founded: 2019-13-01", "2:37", "date"),
        ("acts: [run, build-product]", "acts: [run, fly]", "7:17", "Input should be 'run'"),
        ("{public_statements: false}", "{public_statements: no}", "11:37", "expected true or false, not 'no'"),
    ],
)
def test_figures_and_words_that_mean_nothing(site: Site, old: str, new: str, place: str, what: str) -> None:
    assert PROFILE.count(old) == 1
    site.write("profile.yaml", PROFILE.replace(old, new))
    site.refused(f"profile.yaml:{place}", what)


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str, str, str], Result]:
    """Validate a copy of the catalog with one text of one file replaced."""
    for name in ("rules", "licenses"):
        shutil.copytree(ROOT / name, tmp_path / name)

    def validating(name: str, old: str, new: str) -> Result:
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        result = CliRunner().invoke(main, ["validate", "--catalog", str(tmp_path)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return validating


Breaking = Callable[[str, str, str], Result]


def test_the_whole_catalog_has_no_problem(broken: Breaking) -> None:
    result = broken("licenses/mit.yaml", "MIT", "MIT")
    assert result.exit_code == 0
    assert result.stderr.startswith("no problems found")
    assert [line for line in result.stdout.splitlines() if ": warning: " not in line] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "what"),
    [
        ("licenses/mit.yaml", "rule: permission", "rule: permision", "16:5", "names the rule 'permision'"),
        ("licenses/mit.yaml", "id: notice", "id: grant", "24:5", "a second clause has the id 'grant'"),
        ("licenses/mit.yaml", "key: mit", "key: mti", "2:6", "the key is 'mti', the file is called 'mit'"),
        ("licenses/mit.yaml", "[grant, notice", "[grants, notice", "13:11", "section grants is covered by no clause"),
        ("licenses/mit.yaml", "acts: [run,", "acts: [runs,", "18:12", "Input should be 'run'"),
        ("licenses/mit.yaml", "spdx:", "spxd:", "7:7", "unknown key spxd; did you mean spdx?"),
        ("licenses/mit.yaml", "spdx: MIT\n", "", "1:1", "spdx is missing"),
        (
            "licenses/mit.yaml",
            "to deal in",
            "to deal deal deal in",
            "16:5",
            "the anchor of grant has more than 8 words",
        ),
        (
            "licenses/mit.yaml",
            "travels:",
            "unless: [fee]\n    travels:",
            "16:5",
            "names the exception 'fee', which does not",
        ),
        (
            "licenses/mit.yaml",
            "on: [",
            "with: {fee: 5}\n    on: [",
            "16:5",
            "gives 'fee', which permission does not have",
        ),
        ("licenses/mit.yaml", "schema: 1", "schema: [1", "2:4", "not valid YAML"),
        ("licenses/apache-2.0.yaml", "with: {event: marks-used}", "with: {event: flying}", "", "is never 'flying'"),
        ("licenses/apache-2.0.yaml", "with: {event: marks-used}", "with: {}", "", "lacks the parameter 'event'"),
        ("licenses/apache-2.0.yaml", "with: {event: marks-used}", "with: {}", "", "'event' does not exist"),
        (
            "licenses/apache-2.0.yaml",
            "travels:",
            "fulfilled_by: [dance]\n    travels:",
            "",
            "Input should be 'license-copy'",
        ),
        ("licenses/llama-2-community.yaml", "limit: 700_000_000", "limit: many", "", "compared with what is no number"),
        (
            "licenses/llama-2-community.yaml",
            "comparator: more-than",
            "comparator: above",
            "",
            "'above' is not one of is",
        ),
        ("licenses/llama-2-community.yaml", "time: fixed-month", "time: once", "", "'once' is not one of fixed-month"),
        (
            "licenses/llama-2-community.yaml",
            "key: llama-2-aup",
            "key: llama-2-apu",
            "",
            "policy 'llama-2-apu' does not",
        ),
        (
            "licenses/llama-2-community.yaml",
            "policy: llama-2-aup",
            "policy: apu",
            "",
            "the policy 'apu' does not exist",
        ),
        (
            "rules/permission.yaml",
            "rule: permission",
            "rule: leave",
            "1:7",
            "the rule is called 'leave', the file 'permission'",
        ),
        ("rules/permission.yaml", "remedy:", "remdey:", "", "unknown key remdey; did you mean remedy?"),
        ("rules/user-threshold.yaml", "[limit, ", "[", "9:3", "needs the parameter 'limit', which is not declared"),
        (
            "rules/user-threshold.yaml",
            "organization.monthly",
            "organization.weekly",
            "9:9",
            "no fact is called organization.weekly",
        ),
        (
            "rules/user-threshold.yaml",
            "organization.monthly_active_users",
            "organization",
            "9:9",
            "organization is no single fact",
        ),
        ("rules/user-threshold.yaml", "organization.monthly", "organization.weekly", "", "clause 2: no fact is called"),
        ("rules/source-offer.yaml", "defined: ", "defined: not-", "8:17", "the definition 'not-"),
        (
            "rules/definitions.yaml",
            "definitions:",
            "definition:",
            "",
            "unknown key definition; did you mean definitions?",
        ),
        ("rules/definitions.yaml", "    meaning:", "    meanign:", "", "unknown key definitions.modifies.meanign"),
        ("licenses/names.yaml", "known:", "knwon:", "", "unknown key knwon; did you mean known?"),
        (
            "licenses/models/tii.yaml",
            "license: falcon-llm-1.0",
            "license: falcon-nope",
            "",
            "nobody knows a license 'falcon-nope'",
        ),
        ("licenses/models/tii.yaml", "terms:", "temrs:", "", "temrs; did you mean terms?"),
        ("licenses/models/tii.yaml", "schema: 1", "schema: 1\nschema: 1", "2:1", "the key 'schema' stands here twice"),
    ],
)
def test_a_catalog_that_is_broken(broken: Breaking, name: str, old: str, new: str, place: str, what: str) -> None:
    result = broken(name, old, new)
    assert result.exit_code == 3
    lines = [line for line in result.stdout.splitlines() if what in line]
    assert lines, result.stdout
    places = [line.split(": ", 1)[0] for line in lines]
    assert all(re.fullmatch(r"(rules|licenses)/[a-z0-9./-]+:\d+:\d+", found) for found in places)
    if place:
        assert f"{name}:{place}" in places


@pytest.mark.parametrize("name", ["licenses/mit.yaml", "rules/permission.yaml", "licenses/models/tii.yaml"])
@pytest.mark.parametrize("kind", ["pipe", "broken link"])
def test_a_catalog_with_what_is_no_file(broken: Breaking, tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).unlink()
    if kind == "pipe":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).symlink_to("nowhere")
    result = broken("rules/patent-permission.yaml", "rule", "rule")
    assert result.exit_code == 3
    assert f"{name}: " in result.stdout


@pytest.mark.parametrize("arguments", [[], ["models.yaml"], ["--profile", "profile.yaml"]])
def test_a_catalog_that_is_not_there(site: Site, tmp_path: Path, arguments: list[str]) -> None:
    del site
    paths = [str(tmp_path / name) if name.endswith(".yaml") else name for name in arguments]
    result = CliRunner().invoke(main, ["validate", "--catalog", str(tmp_path / "nowhere"), *paths])
    assert result.exit_code == 3, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout


@pytest.mark.parametrize(
    ("entry", "place", "what"),
    [
        ("provider: openai, use: shop", "3:5", "expected the id of a hosted model beside its provider, and no path"),
        ("provider: openai, id: x, path: m, use: shop", "3:5", "expected the id of a hosted model"),
        ("provider: 'open ai', id: x, use: shop", "3:16", "expected the name of a provider such as openai"),
        ("provider: [openai], id: x, use: shop", "3:16", "expected the name of a provider such as openai"),
    ],
)
def test_hosted_models_that_are_not_well_named(site: Site, entry: str, place: str, what: str) -> None:
    site.write("models.yaml", MANIFEST.replace("path: m, use: shop", entry))
    site.refused(f"models.yaml:{place}", what)
