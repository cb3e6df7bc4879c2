"""Records are made once, and only when somebody asks."""

from license_audit.readers.on_demand import OnDemand


def test_each_is_made_once() -> None:
    made: list[str] = []

    def make(name: str, end: str) -> str:
        made.append(name)
        return name + end

    known = OnDemand(make, {"a": ("A", "!"), "b": ("B", "?")})
    assert made == []
    assert (known.get("b"), known.get("b"), known.get("c")) == ("B?", "B?", None)
    assert made == ["B"]
    assert known.all() == ["A!", "B?"]
    assert made == ["B", "A"]
