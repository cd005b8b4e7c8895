"""A line of the audit tells what was changed, and nothing that was not."""

from domain.audit import differences


def test_only_what_differs_is_told() -> None:
    before, after = (
        {"name": "Олена", "city": "Дніпро", "car": "Octavia"},
        {"name": "Олена", "city": "Київ", "note": "x"},
    )
    assert differences(before, after) == (
        {"city": "Дніпро", "car": "Octavia", "note": ""},
        {"city": "Київ", "car": "", "note": "x"},
    )


def test_where_nothing_differs_nothing_is_told() -> None:
    assert differences({"name": "Олена", "city": ""}, {"name": "Олена"}) == ({}, {})
