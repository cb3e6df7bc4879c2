"""`license-audit kit`, and `license-audit check --artifacts` as somebody at a terminal meets them."""

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from license_audit import answers
from license_audit.artifacts import folder
from license_audit.cli import kit as kit_command
from license_audit.outputs import write_bytes
from license_audit.outputs.kit import Kit, attribution_text, changes_text, checklist_text, notice_text, pass_on_text
from license_audit.readers.texts import Refusal, Source
from tests.kits import CARD, checked, duties, fill_in, judged, kit, manifest, model, run
from tests.published import scancode


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A manifest that hands out a model under Apache-2.0."""
    model(tmp_path, scancode("apache-2.0"))
    return manifest(tmp_path)


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def test_two_runs_give_the_same_bytes_and_say_which(path: Path, tmp_path: Path) -> None:
    first = kit(path)
    once = held(tmp_path / "dist")
    assert kit(path) == first
    assert held(tmp_path / "dist") == once
    files = {name: sha256(raw).hexdigest() for name, raw in held(tmp_path / "dist" / "ship").items()}
    del files["kit.json"]
    assert first["files"] == files
    assert (tmp_path / "dist/ship/LICENSES/base-lab--base/LICENSE").read_bytes() == (
        tmp_path / "base" / "LICENSE"
    ).read_bytes()
    assert not (tmp_path / "dist" / "keep").exists()


def test_help_shows_how(path: Path) -> None:
    told = run("kit", path, "--help").stdout
    assert "license-audit kit models.yaml --output dist" in told
    assert "--artifacts [USE=]DIR" in run("check", "--help").stdout


def test_nothing_that_differs_is_overwritten_unless_asked(path: Path, tmp_path: Path) -> None:
    kit(path)
    ship = tmp_path / "dist" / "ship"
    fill_in(ship)
    (ship / "NOTICE").write_text("Mine\n", encoding="utf-8")
    (ship / "weights.bin").write_bytes(b"1")
    before = held(ship)
    result = run("kit", path, "--output", tmp_path / "dist")
    assert result.exit_code == 3
    for name in ("CHANGES.md", "NOTICE"):
        assert f"{ship / name}: is there already and differs; --force replaces it" in result.stderr
    assert held(ship) == before
    assert run("kit", path, "--output", tmp_path / "dist", "--force").exit_code == 0
    after = held(ship)
    assert after["weights.bin"] == b"1"
    assert b"[fill in: who]" in after["CHANGES.md"]


def test_what_is_no_file_and_links_that_lead_out_are_left_alone(path: Path, tmp_path: Path) -> None:
    ship = tmp_path / "dist" / "ship"
    (ship / "NOTICE").mkdir(parents=True)
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (ship / "CHANGES.md").symlink_to(tmp_path / "mine")
    result = run("kit", path, "--output", tmp_path / "dist", "--force")
    assert result.exit_code == 3
    assert f"{ship}/NOTICE: is there already and is no file" in result.stderr
    assert f"{ship}/CHANGES.md: is a link; a kit is written through none" in result.stderr
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"
    assert sorted(one.name for one in ship.iterdir()) == ["CHANGES.md", "NOTICE"]


def test_which_uses_get_a_kit(path: Path, tmp_path: Path) -> None:
    told = run("kit", path, "--output", tmp_path / "dist").stderr
    assert "keep: no kit, since none of its acts hands anything to others" in told
    assert f"{tmp_path}/dist/ship: 3 of 4 duties answered; see CHECKLIST.md" in told
    only = run("kit", path, "--output", tmp_path / "other", "--use", "keep")
    assert only.exit_code == 0
    assert "keep: no kit" in only.stderr
    assert not (tmp_path / "other").exists()
    wrong = run("kit", path, "--output", tmp_path / "other", "--use", "none")
    assert wrong.exit_code == 2
    assert "no model of the manifest has the use none" in wrong.stderr
    assert run("kit", path.parent / "none.yaml", "--output", tmp_path / "other").exit_code == 3


def test_a_use_that_is_not_allowed_gets_no_kit_that_looks_ready(path: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace(", claims_against: []", ""), encoding="utf-8")
    assert kit(path)["ready"] is False
    ship = tmp_path / "dist" / "ship"
    assert sorted(one.name for one in ship.iterdir()) == ["CHECKLIST.md", "draft", "kit.json"]
    told = (ship / "CHECKLIST.md").read_text(encoding="utf-8")
    assert told.startswith("# Not ready: ship\n")
    assert told.index("Do not hand this out") < told.index("organization.claims_against") < told.index("## ")
    assert "`draft/NOTICE:3`" in told
    assert "NOT READY: base-lab/base is undetermined" in run("kit", path, "--output", tmp_path / "dist").stderr


def test_a_kit_that_is_no_longer_ready_leaves_no_ready_one_beside_it(path: Path, tmp_path: Path) -> None:
    kit(path)
    ship = tmp_path / "dist" / "ship"
    before = held(ship)
    profile = tmp_path / "profile.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace(", claims_against: []", ""), encoding="utf-8")
    result = run("kit", path, "--output", tmp_path / "dist", "--force")
    assert result.exit_code == 3
    for name in ("NOTICE", "CHANGES.md", "LICENSES/base-lab--base/LICENSE"):
        assert f"{ship / name}: is of an earlier kit and not of this one; remove it first" in result.stderr
    assert held(ship) == before
    for name in before:
        if name not in ("CHECKLIST.md", "kit.json"):
            (ship / name).unlink()
    assert run("kit", path, "--output", tmp_path / "dist", "--force").exit_code == 0
    (ship / "kit.json").write_text("[" * 100_000, encoding="utf-8")
    assert run("kit", path, "--output", tmp_path / "dist", "--force").exit_code == 0


def test_a_kit_says_what_is_recorded_and_not_in_it(path: Path, tmp_path: Path) -> None:
    manifest(tmp_path, fulfils="license-copy, change-notices")
    kit(path)
    told = (tmp_path / "dist" / "ship" / "CHECKLIST.md").read_text(encoding="utf-8")
    assert "CHANGES.md:3 is not filled in (the profile records it as done)" in " ".join(told.split())


def test_a_model_that_is_disallowed_leaves_only_what_stands_against_it(tmp_path: Path) -> None:
    model(tmp_path, scancode("cc-by-nc-4.0"))
    path = manifest(tmp_path)
    profile = tmp_path / "profile.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("purpose: research", "purpose: commercial"), encoding="utf-8")
    assert kit(path)["ready"] is False
    assert sorted(one.name for one in (tmp_path / "dist" / "ship").iterdir()) == ["CHECKLIST.md", "kit.json"]
    told = (tmp_path / "dist" / "ship" / "CHECKLIST.md").read_text(encoding="utf-8")
    assert "`base-lab/base` is disallowed" in told
    assert "`cc-by-nc-4.0/2.a.1" in told


def test_the_organization_s_own_policy_stands_against_a_kit(path: Path, tmp_path: Path) -> None:
    with (tmp_path / "profile.yaml").open("a", encoding="utf-8") as file:
        file.write("policy: {deny: {licenses: [apache-2.0]}}\n")
    assert kit(path)["ready"] is False
    told = (tmp_path / "dist" / "ship" / "CHECKLIST.md").read_text(encoding="utf-8")
    assert told.startswith("# Not ready: ship\n")
    assert "deny" in told or "denies" in told


def test_hostile_names_stay_in_the_folder_and_are_plain_in_the_texts(tmp_path: Path) -> None:
    name = "..-\u202e](javascript:x) & `e`"
    model(tmp_path, scancode("apache-2.0"), name)
    path = manifest(tmp_path, json.dumps({"path": name, "use": ["../out"]}))
    profile = tmp_path / "profile.yaml"
    profile.write_text(profile.read_text("utf-8").replace("  ship:", '  "../out":'), encoding="utf-8")
    result = run("kit", path, "--output", tmp_path / "dist")
    assert result.exit_code == 0
    (made,) = (tmp_path / "dist").iterdir()
    assert made.name.startswith("out-")
    files = held(made)
    assert all(one.isascii() and ".." not in one for one in files)
    for text in files.values():
        assert "\u202e" not in text.decode("utf-8")
    checked = run("check", path, "--artifacts", tmp_path / "dist", "--no-cache")
    assert "shown done: apache-2.0/4.a" in checked.stdout


def test_models_share_a_kit_and_duties_are_merged(path: Path, tmp_path: Path) -> None:
    model(tmp_path, scancode("apache-2.0"), "second", notice="Second\n")
    (tmp_path / "second" / "License").write_text(scancode("mit"), encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write("  - {id: base-lab/second, path: second, use: ship}\n")
    said = kit(path)
    clause = next(one for one in said["duties"] if one["clause"] == "apache-2.0/4.a")
    assert clause["models"] == ["base-lab/base", "base-lab/second"]
    copies = next((tmp_path / "dist" / "ship").rglob("base-lab--second"))
    assert sorted(one.name for one in copies.iterdir()) == ["LICENSE", "License-"]


def test_a_card_is_copied_where_it_alone_holds_the_text(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    card = f"{CARD}\n## License\n\n{scancode('mit')}"
    (tmp_path / "base" / "README.md").write_text(card, encoding="utf-8")
    path = manifest(tmp_path)
    kit(path)
    copies = [name for name in held(tmp_path / "dist" / "ship") if "README" in name]
    assert len(copies) == 1
    (tmp_path / "base" / "LICENSE").write_text(scancode("mit"), encoding="utf-8")
    kit(path, "--force", "--output", tmp_path / "again")
    assert not [name for name in held(tmp_path / "again") if "README" in name]


def test_a_text_that_is_not_as_published_is_told(path: Path, tmp_path: Path) -> None:
    (tmp_path / "base" / "USE_POLICY.md").write_text("You may use it on Sundays only.\n", encoding="utf-8")
    kit(path)
    told = next((tmp_path / "dist").rglob("CHECKLIST.md")).read_text(encoding="utf-8")
    assert "a text nobody knows, not as published: have it read" in told


def test_a_use_without_duties_says_so(path: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("fine-tune, distribute-weights, distribute-derivative", "publish-outputs"), "utf-8")
    assert kit(path)["duties"] == []
    told = (tmp_path / "dist" / "ship" / "CHECKLIST.md").read_text(encoding="utf-8")
    assert "No clause asks for anything in this use." in told


def test_texts_that_hold_nothing_are_no_files() -> None:
    assert notice_text([]) == attribution_text([], []) == changes_text([]) == pass_on_text([]) == ""
    empty = Kit("ship", "", "models.yaml", (), (), (), ())
    assert checklist_text(empty).startswith("# Checklist: ship\n\nModels:")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["none"], "none: cannot be read: no such file or directory"),
        (["ship=none"], "none: is not a folder that can be read"),
        (["keep=."], ".: is given for keep, in which this manifest hands nothing out"),
        (["ship=a", "ship=b"], "b: is the second folder for ship; expected one"),
        (["a", "b"], "b: is the second folder for all uses; expected one"),
        (["ship="], "ship=: names no folder; expected USE=DIR"),
        (["ship=other"], "other: is the kit of keep; expected one of ship"),
        (["a\0b"], "cannot be read: embedded null byte"),
        (["bad"], "bad: holds a file with control characters in its name: 'NOTICE\\x1b'"),
    ],
)
def test_a_folder_that_is_none_is_a_problem(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b", "bad", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "other" / "kit.json").write_text('{"use": "keep"}', encoding="utf-8")
    (tmp_path / "bad" / "NOTICE\x1b").write_text("x", encoding="utf-8")
    words = [word for one in given for word in ("--artifacts", one)]
    result = run("check", path, *words)
    assert result.exit_code == 3
    assert told in result.stderr


def test_a_text_that_cannot_be_read_is_a_problem_and_other_things_are_told(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dist").mkdir()
    os.mkfifo(tmp_path / "dist" / "NOTICE")
    (tmp_path / "dist" / "README.md").write_bytes(b"binary\0")
    told = " ".join(run("check", path, "--artifacts", tmp_path / "dist").stdout.split())
    assert "dist/NOTICE is not a regular file; not read" in told
    refused = Source(f"{tmp_path}/dist/inner/", named=False, refusal=Refusal("cannot be read: no", "failure"))
    monkeypatch.setattr(folder, "sources", lambda _: iter([refused]))
    result = run("check", path, "--artifacts", tmp_path / "dist", "--no-cache")
    assert result.exit_code == 3
    assert f"{tmp_path}/dist/inner: cannot be read: no" in result.stderr


def test_a_manifest_that_hands_nothing_out_needs_no_folder(path: Path, tmp_path: Path) -> None:
    manifest(tmp_path, acts="run")
    result = run("check", path, "--artifacts", tmp_path)
    assert result.exit_code == 3
    assert "is for nothing: no use of this manifest hands anything out" in result.stderr
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("    acts: [run]\n    audience", "    audience"), "utf-8"
    )
    assert run("check", path, "--artifacts", tmp_path).exit_code == 3


def test_folders_within_a_folder_are_for_their_uses(path: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(
        text.replace("  keep:\n    acts: [run]", "  keep:\n    acts: [run, distribute-weights]"), "utf-8"
    )
    (tmp_path / "dist" / "keep").mkdir(parents=True)
    (tmp_path / "dist" / "keep" / "LICENSE").write_text(scancode("apache-2.0"), encoding="utf-8")
    use = judged(path, (str(tmp_path / "dist"),))
    assert duties(use)["apache-2.0/4.a"] == "owed"
    assert any("holds folders for other uses and none for ship" in one.message for one in use.findings)
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "LICENSE").write_text(scancode("apache-2.0"), encoding="utf-8")
    use = judged(path, (str(tmp_path / "dist"), f"ship={tmp_path}/else"))
    assert duties(use)["apache-2.0/4.a"] == "fulfilled"
    assert not any("holds folders" in one.message for one in use.findings)


def _line_out(folder: Path) -> None:
    text = (folder / "NOTICE").read_text(encoding="utf-8")
    (folder / "NOTICE").write_text(text.replace("This work holds data of Foo.\n", ""), encoding="utf-8")


def _file_out(folder: Path) -> None:
    next(folder.rglob("LICENSE")).unlink()


@pytest.mark.parametrize("change", [_line_out, _file_out])
def test_an_answer_at_hand_rests_on_the_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(answers, "SETTLED", -1_000_000_000)
    kit(path)
    fill_in(tmp_path / "dist" / "ship")
    words = ("check", path, "--artifacts", tmp_path / "dist")
    first, second = run(*words), run(*words)
    assert first.stdout == second.stdout
    assert "ALLOWED" in first.stdout
    assert len(list((tmp_path / "cache" / "license-audit" / "answers").iterdir())) == 1
    change(tmp_path / "dist" / "ship")
    assert "artifact-missing" in run(*words).stdout
    plain = run("check", path)
    assert "artifact-missing" not in plain.stdout
    assert plain.stdout != first.stdout


@pytest.mark.parametrize(
    ("link", "target"), [("ship/NOTICE", "mine.txt"), ("ship/NOTICE", "CHANGES.md"), ("ship/LICENSES", "other")]
)
def test_a_kit_is_written_through_no_link(path: Path, tmp_path: Path, link: str, target: str) -> None:
    ship = tmp_path / "dist" / "ship"
    (ship / "other").mkdir(parents=True)
    (ship / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "dist" / link).symlink_to(target)
    before = held(ship)
    result = run("kit", path, "--output", tmp_path / "dist", "--force")
    assert result.exit_code == 3
    assert f"{tmp_path}/dist/{link}: is a link; a kit is written through none" in result.stderr
    assert held(ship) == before


def test_the_folder_for_all_kits_may_be_a_link_and_that_of_a_use_not(path: Path, tmp_path: Path) -> None:
    (tmp_path / "real" / "shop").mkdir(parents=True)
    (tmp_path / "dist").symlink_to("real")
    (tmp_path / "real" / "ship").symlink_to("shop")
    result = run("kit", path, "--output", tmp_path / "dist", "--force")
    assert result.exit_code == 3
    assert result.stderr.count(f"{tmp_path}/dist/ship: is a link") == 1
    assert not held(tmp_path / "real")
    (tmp_path / "real" / "ship").unlink()
    assert kit(path)["ready"] is True
    assert "ship/NOTICE" in held(tmp_path / "real")


@pytest.mark.parametrize("name", ["", "ship", "ship/LICENSES", "ship/LICENSES/base-lab--base"])
def test_all_or_nothing_is_written(path: Path, tmp_path: Path, name: str) -> None:
    place = tmp_path / "dist" / name / "inner" if not name else tmp_path / "dist" / name
    place.parent.mkdir(parents=True)
    place.write_text("mine", encoding="utf-8")
    output = place if not name else tmp_path / "dist"
    result = run("kit", path, "--output", output / "deeper" if not name else output, "--force")
    assert result.exit_code == 3
    assert f"{place}: is there already and is no folder" in result.stderr
    assert list(held(tmp_path / "dist").values()) == [b"mine"]


def test_a_summary_that_is_no_file_keeps_nobody_waiting(path: Path, tmp_path: Path) -> None:
    kit(path)
    summary = tmp_path / "dist" / "ship" / "kit.json"
    summary.unlink()
    os.mkfifo(summary)
    result = run("kit", path, "--output", tmp_path / "dist", "--force")
    assert result.exit_code == 3
    assert f"{summary}: is there already and is no file" in result.stderr


def test_names_of_an_earlier_kit_lead_nowhere_else(path: Path, tmp_path: Path) -> None:
    kit(path)
    names = {"../../models.yaml": 1, str(tmp_path / "profile.yaml"): 1, "a\0b": 1, "none": 1}
    (tmp_path / "dist" / "ship" / "kit.json").write_text(json.dumps({"files": names}), encoding="utf-8")
    assert kit(path, "--force")["ready"] is True


def test_an_interrupted_kit_is_not_ready(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def until_the_checklist(place: Path, raw: bytes) -> None:
        if place.name == "CHECKLIST.md":
            raise KeyboardInterrupt
        write_bytes(place, raw)

    monkeypatch.setattr(kit_command, "write_bytes", until_the_checklist)
    run("kit", path, "--output", tmp_path / "dist")
    ship = tmp_path / "dist" / "ship"
    assert (ship / "NOTICE").exists()
    summary = json.loads((ship / "kit.json").read_bytes())
    assert summary["ready"] is False
    assert "NOTICE" in summary["files"]
    monkeypatch.setattr(kit_command, "write_bytes", write_bytes)
    assert kit(path, "--force")["ready"] is True


def test_beside_a_kit_that_is_not_ready_stands_none_that_looks_so(path: Path, tmp_path: Path) -> None:
    kit(path)
    ship = tmp_path / "dist" / "ship"
    (ship / "kit.json").unlink()
    profile = tmp_path / "profile.yaml"
    profile.write_text(profile.read_text("utf-8").replace(", claims_against: []", ""), encoding="utf-8")
    result = run("kit", path, "--output", tmp_path / "dist", "--force")
    assert result.exit_code == 3
    for name in ("NOTICE", "CHANGES.md", "LICENSES"):
        assert f"{ship / name}: looks ready, and this kit is not; remove it first" in result.stderr
    assert not (ship / "draft").exists()


def test_the_kit_of_another_use_shows_nothing(path: Path, tmp_path: Path) -> None:
    kit(path)
    ship, moved = tmp_path / "dist" / "ship", tmp_path / "dist" / "demo"
    ship.rename(moved)
    use = checked(path)
    assert duties(use)["apache-2.0/4.a"] == "owed"
    assert any("dist holds folders for other uses and none for ship" in one.message for one in use.findings)
    (moved / "kit.json").write_text('{"use": "demo"}', encoding="utf-8")
    moved.rename(ship)
    for folder_ in (ship, tmp_path / "dist"):
        use = checked(path, folder_)
        assert duties(use)["apache-2.0/4.a"] == "owed"
        assert any("dist/ship is the kit of demo and not of ship; nothing" in one.message for one in use.findings)
    (ship / "kit.json").unlink()
    assert duties(checked(path))["apache-2.0/4.a"] == "fulfilled"
    assert duties(checked(path, f"ship={ship}"))["apache-2.0/4.a"] == "fulfilled"


@pytest.mark.parametrize(
    ("format_", "name"),
    [("text", "a.txt"), ("markdown", "a.md"), ("ticket", "t.md"), ("html", "a.html"), ("json", "j.txt")],
)
def test_a_report_shows_nothing_done(path: Path, tmp_path: Path, format_: str, name: str) -> None:
    kit(path)
    ship = tmp_path / "dist" / "ship"
    for one in ("NOTICE", "CHANGES.md"):
        (ship / one).unlink()
    words = ("check", path, "--artifacts", tmp_path / "dist", "--no-cache", "--format")
    made = tmp_path / "report"
    if format_ == "html":
        run(*words, "text", "--report", made)
    else:
        made.write_text(run(*words, format_).stdout, encoding="utf-8")
    before = duties(checked(path))
    (ship / name).write_bytes(made.read_bytes())
    (ship / "CHECKLIST.md").rename(ship / "todo.md")
    use = checked(path)
    assert duties(use) == before
    for one in (name, "todo.md"):
        assert any(f"/{one} is a report of this tool; not read" in told.message for told in use.findings)


@pytest.mark.parametrize("output", ["dist", "."])
def test_what_is_handed_out_is_none_of_the_model_s_own_texts(tmp_path: Path, output: str) -> None:
    model(tmp_path, scancode("apache-2.0"), name="at")
    path = manifest(tmp_path / "at", "{id: base-lab/base, path: ., use: ship}")
    for _ in range(2):
        result = run("kit", path, "--output", path.parent / output)
        assert result.exit_code == 0, result.output
    ship = path.parent / output / "ship"
    before = judged(path, (f"ship={ship}",))
    (ship / "NOTICE").write_text("Copyright 2026 Acme, of its own\n", encoding="utf-8")
    again = run("kit", path, "--output", path.parent / output, "--force")
    assert again.exit_code == 0
    assert "of its own" not in (ship / "NOTICE").read_text("utf-8")
    assert duties(judged(path, (f"ship={ship}",))) == duties(before)
    (ship / "more.txt").write_text("Copyright 2026 Acme, of its own\n", encoding="utf-8")
    after = judged(path, (f"ship={ship}",))
    assert not any("more.txt" in one.message for one in after.findings)


def test_notices_are_found_by_the_last_part_of_their_names(path: Path, tmp_path: Path) -> None:
    (tmp_path / "base" / "weights").mkdir()
    (tmp_path / "base" / "weights" / "NOTICE").write_text("It holds the Quux set.\n", encoding="utf-8")
    (tmp_path / "base" / "THIRD_PARTY_NOTICES.txt").write_text("Bar is used.\n", encoding="utf-8")
    (tmp_path / "base" / "our_notice.py").write_text("Baz = 1\n", encoding="utf-8")
    kit(path)
    told = (tmp_path / "dist" / "ship" / "NOTICE").read_text(encoding="utf-8")
    assert "It holds the Quux set." in told
    assert "Bar is used." in told
    assert "Baz" not in told
    (tmp_path / "dist" / "ship" / "NOTICE").write_text(told.replace("Bar is used.", ""), encoding="utf-8")
    assert duties(checked(path))["apache-2.0/4.d"] == "owed"


def test_a_notice_file_further_down_is_carried_where_it_is_the_only_one(tmp_path: Path) -> None:
    model(tmp_path, scancode("apache-2.0"), notice="")
    (tmp_path / "base" / "weights").mkdir()
    (tmp_path / "base" / "weights" / "NOTICE").write_text("It holds the Quux set.\n", encoding="utf-8")
    kit(manifest(tmp_path))
    told = (tmp_path / "dist" / "ship" / "NOTICE").read_text(encoding="utf-8")
    assert told.count("It holds the Quux set.") == 1
