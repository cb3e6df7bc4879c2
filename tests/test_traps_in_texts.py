"""Traps that lie in how a text reads, each by its number; tests/test_traps.py holds the others and counts them all."""

import pytest

from license_audit.engine.own_terms import Moment, own_terms
from license_audit.known import text_index
from license_audit.model.catalog import AmbiguousName, KnownName
from license_audit.model.evidence import Evidence, FoundText
from license_audit.readers.catalog import PackagedCatalog
from license_audit.recognition import recognize
from tests.conftest import CORPUS
from tests.trapped import ON, beside, clause, events, judged, outcomes, rules

needs_texts = pytest.mark.skipif(not CORPUS.is_dir(), reason="the published texts are not here")
HEADED_MIT = (
    "mistral-modified-mit-2026",
    "kimi-k2-modified-mit",
    "kimi-k2.5-modified-mit",
    "kimi-k2.6-modified-mit",
    "kimi-k2.7-code-modified-mit",
    "minimax-m2-modified-mit",
    "minimax-m2.1-modified-mit",
)
HUNYUAN = [f"tencent-hunyuan-{name}" for name in ("large", "dit", "a13b", "video", "image-3", "3d-2")]
STUDENTS_ARE_DERIVATIVES = (
    *("gemma-tou-2024-02-21", "gemma-tou-2024-04-01", "gemma-tou-2025-03-24", "hai-def-2024-11-15"),
    *("creativeml-openrail-m", "creativeml-openrail-pp-m-sd2", "creativeml-openrail-pp-m-sdxl"),
    *("deepseek-la-1.0", "yi-series-2.1", "kolors", "hyperclova-x-seed", "stability-community-2024", *HUNYUAN),
)
STUDENTS_ARE_NOT = (
    *("llama-2-community", "llama-3-community", "llama-3.1-community", "llama-4-community", "apache-2.0"),
    *("cc-by-sa-3.0", "cc-by-nc-sa-4.0", "mistral-mnpl-0.1", "falcon-180b-1.0"),
)
SERVICES_DISTRIBUTE = (
    *("creativeml-openrail-m", "bigscience-bloom-rail-1.0", "bigcode-openrail-m-v1", "deepseek-la-1.0"),
    *("gemma-tou-2024-02-21", "gemma-tou-2025-03-24", "yi-series-2.1", "baai-aquila", "skywork-community", "xverse"),
)


def texts(key: str) -> str:
    """A published text."""
    return (CORPUS / "licenses" / f"{key}.txt").read_text(encoding="utf-8")


@needs_texts
@pytest.mark.parametrize("key", HEADED_MIT)
def test_t17_and_t39_a_heading_is_not_the_text(catalog: PackagedCatalog, key: str) -> None:
    (found,) = recognize({"m/LICENSE": texts(key)}, catalog, text_index())
    assert (found.key, found.status) == (key, "unaltered")


def test_t17_and_t39_the_heading_alone_is_nothing(catalog: PackagedCatalog) -> None:
    text = "MIT License\n\nCopyright 2026 Pebble Lab\n\nSmall shops may use this model. Large ones call us first.\n"
    assert "unaltered" not in {one.status for one in recognize({"m/LICENSE": text}, catalog, text_index())}
    name = catalog.named("modified-mit")
    assert isinstance(name, AmbiguousName)
    assert set(name.keys) >= set(HEADED_MIT)


def test_t21_a_tenth_of_what_exceeds_a_million_within_a_month(catalog: PackagedCatalog) -> None:
    royalty = clause(catalog, "falcon-llm-1.0/8.2.c")
    values = {name: str(value).replace("_", "") for name, value in royalty.with_.items()}
    assert values == {"limit": "1000000", "currency": "USD", "comparator": "more-than", "rate_percent": "10"}
    assert "excess" in royalty.gist
    assert "30 days" in royalty.gist


def test_t24_the_slip_is_told_and_read_as_meant(catalog: PackagedCatalog) -> None:
    slip = clause(catalog, "falcon-180b-1.0/4.1.b")
    assert slip.rule == "hosting-flowdown"
    assert "section 8" in slip.gist
    assert "section 9" in slip.gist


@pytest.mark.parametrize("key", ["falcon-180b-1.0", "falcon-2-11b-1.0", "falcon-tii-2024-12"])
def test_t25_the_posted_policy_is_watched(catalog: PackagedCatalog, key: str) -> None:
    assert clause(catalog, f"{key}/5.3").rule == "policy-check"


def test_t27_the_sentences_differ(catalog: PackagedCatalog) -> None:
    earlier, later = (clause(catalog, f"{key}/6.1").wording or "" for key in ("falcon-2-11b-1.0", "falcon-tii-2024-12"))
    assert "Falcon LLM technology" in earlier
    assert "artificial intelligence technology" in later
    assert earlier != later


def test_t31_a_cure_in_one_and_none_in_the_other(catalog: PackagedCatalog) -> None:
    assert "6.b" in clause(catalog, "cc-by-nc-sa-4.0/6.a").gist
    assert "no time to put it right" in clause(catalog, "cc-by-sa-3.0/7.a").gist


def test_t32_no_patents_in_creative_commons(catalog: PackagedCatalog) -> None:
    for key in ("cc-by-sa-3.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0"):
        assert not {"patent-permission", "litigation"} & rules(catalog, key)
    assert {"patent-permission", "litigation"} < rules(catalog, "apache-2.0")
    assert "patents" in clause(catalog, "cc-by-nc-sa-4.0/2.b.2").gist


def test_t33_students_are_derivatives_where_the_text_says_so(catalog: PackagedCatalog) -> None:
    for key in STUDENTS_ARE_DERIVATIVES:
        assert {"distill", "train-on-outputs"} < set(catalog.license(key).derivatives), key
    for key in STUDENTS_ARE_NOT:
        assert not {"distill", "train-on-outputs"} & set(catalog.license(key).derivatives), key


def copies_for_a_service(catalog: PackagedCatalog, key: str) -> bool:
    """Whether users of a service get the license."""
    found = [one for one in catalog.license(key).clauses if one.rule.startswith("license-copy")]
    return any("host-as-api" in one.acts for one in found)


def test_t34_a_service_distributes_where_the_text_says_so(catalog: PackagedCatalog) -> None:
    assert [key for key in SERVICES_DISTRIBUTE if not copies_for_a_service(catalog, key)] == []
    assert [key for key in ("apache-2.0", "gpl-3.0", "openatom-model-1.0") if copies_for_a_service(catalog, key)] == []
    assert "host-as-api" in clause(catalog, "falcon-llm-1.0/4.3.a").acts


def test_t37_the_two_texts_differ_in_what_outputs_may_train(catalog: PackagedCatalog) -> None:
    assert "improve-other-models" in rules(catalog, "tongyi-qianwen-2023") - rules(catalog, "qwen-2024")
    assert "trained-model-display" in rules(catalog, "qwen-2024") - rules(catalog, "tongyi-qianwen-2023")


def test_t40_at_least_in_two_families_and_more_than_elsewhere(catalog: PackagedCatalog) -> None:
    found = [(key, one.with_) for key in catalog.license_keys() for one in catalog.license(key).clauses]
    keys = {key for key, values in found if values.get("comparator") == "at-least"}
    assert keys == {"lfm-open-1.0", "ltxv-owl-2025-05-05", "ltx-2-community"}
    assert {values["comparator"] for _, values in found if "comparator" in values} == {"at-least", "more-than"}


@pytest.mark.parametrize(
    ("name", "rule", "limit", "currency", "whose"),
    [
        (
            "stability-community-2024/III/3",
            "commercial-revenue-threshold",
            "1000000",
            "USD",
            "licensee-and-affiliates-sum",
        ),
        ("ltx-2-community/2.1", "revenue-threshold", "10000000", "USD", "licensee-and-affiliates-sum"),
        ("mistral-modified-mit-2026/2", "monthly-revenue-threshold", "20000000", "USD", "group"),
        ("kimi-k2-modified-mit/display", "display-at-scale", "20000000", "USD", None),
        ("minimax-m2-modified-mit/display", "display-at-recurring-scale", "30000000", "USD", None),
        ("kimi-k3/2", "business-line-revenue-threshold", "20000000", "USD", None),
        ("bilibili-index-tts/2.2", "users-or-revenue-threshold", "1000000000", "CNY", "licensee-or-affiliates-any"),
        ("falcon-llm-1.0/8.2.c", "royalty-payment", "1000000", "USD", None),
    ],
)
def test_t41_each_text_has_its_own_revenue(
    catalog: PackagedCatalog, name: str, rule: str, limit: str, currency: str, whose: str | None
) -> None:
    found = clause(catalog, name)
    figure = str(found.with_.get("limit") or found.with_["revenue_limit"]).replace("_", "")
    assert (found.rule, figure, found.with_["currency"], found.with_.get("whose")) == (rule, limit, currency, whose)


@pytest.mark.parametrize("key", HUNYUAN)
@pytest.mark.parametrize("country", ["DE", "GB", "KR", "JP"])
def test_t43_the_territory_of_each_text(catalog: PackagedCatalog, key: str, country: str) -> None:
    closed = country == "DE" or (country in ("GB", "KR") and key not in HUNYUAN[:2])
    use = {"operated_in": ["US"], "offered_in": ["US"], "outputs": {"train_models": "none", "used_in": [country]}}
    found = outcomes(judged(catalog, beside("m", key), use, established_in=["US"]))
    assert found[f"{key}/5.c"] == ("barred" if closed else "clear")


@pytest.mark.parametrize(
    "key",
    ["llama-1-research", "opt-175b", "sdxl-0.9-research", "seamless-license", "coqui-cpml-1.0", "mistral-mrl-0.1"],
)
def test_t44_outputs_under_the_limit_of_the_model(catalog: PackagedCatalog, key: str) -> None:
    use = {"acts": ["publish-outputs"], "environment": "production", "audience": "public"}
    assert judged(catalog, beside("m", key), use).assessment.verdict == "disallowed"


def test_t44_the_later_text_dropped_the_ownership(catalog: PackagedCatalog) -> None:
    assert "outputs-owned" in rules(catalog, "exaone-3.0-nc") - rules(catalog, "exaone-4.0-nc")


def test_t45_a_policy_beside_creative_commons(catalog: PackagedCatalog) -> None:
    for model, policy in (
        ("CohereForAI/aya-23-8B", "c4ai-aup"),
        ("CohereLabs/c4ai-command-a-03-2025", "cohere-labs-aup"),
    ):
        entry = catalog.model(model)
        assert entry is not None
        assert [window.license for window in entry.windows] == ["cc-by-nc-4.0", policy]


def test_t46_the_newest_version_in_some_of_them(catalog: PackagedCatalog) -> None:
    asked = {key: "use-latest-version" in rules(catalog, key) for key in catalog.license_keys() if "rail" in key}
    assert {key for key, is_asked in asked.items() if is_asked} == {
        "creativeml-openrail-m",
        "bigscience-bloom-rail-1.0",
        "bigscience-openrail-m",
    }


def test_t48_patents_in_one_and_copyright_too_in_the_other(catalog: PackagedCatalog) -> None:
    for key, rights in (("openmdw-1.0", ["patent"]), ("openmdw-1.1", ["patent", "copyright"])):
        suit = clause(catalog, f"{key}/litigation")
        assert (suit.rule, suit.with_["rights"]) == ("litigation-offensive", rights)


@needs_texts
@pytest.mark.parametrize(
    "key", ["chatglm-6b-nc-2023-03", "chatglm2-6b-nc-2023-06", "codegeex", "codegeex2", "orion-14b"]
)
def test_t53_texts_that_are_easily_confused(catalog: PackagedCatalog, key: str) -> None:
    (found,) = recognize({"m/LICENSE": texts(key)}, catalog, text_index())
    assert key in (found.key, *found.alike)


def test_t53_a_text_that_could_be_either_decides_nothing(catalog: PackagedCatalog) -> None:
    text = FoundText(file="m/LICENSE", key="codegeex", status="partial", alike=("codegeex2",))
    own = own_terms(Evidence(model="m", texts=(text,)), None, catalog, Moment(ON, None))
    assert (own.windows, own.unknown) == ((), True)
    assert "it could as well be codegeex2" in own.findings[0].message


def test_t54_a_tag_is_one_text_or_several_or_none(catalog: PackagedCatalog) -> None:
    one, several = catalog.named("llama2"), catalog.named("openrail")
    assert isinstance(one, KnownName)
    assert one.key == "llama-2-community"
    assert isinstance(several, AmbiguousName)
    assert len(several.keys) == 3
    assert catalog.named("other") is None


def test_t56_the_slip_is_told(catalog: PackagedCatalog) -> None:
    assert "section 1" in clause(catalog, "nexusflow-ravenv2/1.b.ii").gist
    assert clause(catalog, "nexusflow-ravenv2/2").unless == ()
    assert str(clause(catalog, "nexusflow-ravenv2/2").with_["limit"]).replace("_", "") == "50000000"


@pytest.mark.parametrize(
    ("key", "event"),
    [
        *((key, "terms-changed") for key in ("baai-aquila", "xverse", "exaone-3.0-nc", "nvidia-open-model-2025-04")),
        *((key, "terms-changed") for key in ("hyperclova-x-seed", "gemma-prohibited-use")),
        *((key, "remote-restriction") for key in ("creativeml-openrail-m", "bigscience-bloom-rail-1.0")),
        *((key, "remote-restriction") for key in ("gemma-tou-2025-03-24", "deepseek-la-1.0", "bigcode-openrail-m-v1")),
    ],
)
def test_t58_terms_that_can_move(catalog: PackagedCatalog, key: str, event: str) -> None:
    assert event in events(catalog, key)
