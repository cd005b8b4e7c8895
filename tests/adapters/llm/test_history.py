from adapters.llm.history import Said, Side, Used, result_text, units
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn


def use(call_id: str, result: str = "три", *, failed: bool = False) -> ToolUse:
    return ToolUse(ToolCall(call_id, "search_tires", {}), result, failed)


def test_a_greeting_is_preceded_by_a_neutral_remark() -> None:
    assert units([AgentTurn("Добрий день!"), CallerTurn("Шини")]) == [
        Said(Side.CALLER, "(the caller is on the line)"),
        Said(Side.AGENT, "Добрий день!"),
        Said(Side.CALLER, "Шини"),
    ]


def test_what_the_agent_said_last_is_followed_by_a_neutral_remark() -> None:
    assert units([CallerTurn("Шини"), AgentTurn("Які?")])[-1] == Said(Side.CALLER, "(the caller is waiting)")


def test_neighbours_of_one_side_become_one() -> None:
    assert units([CallerTurn("Шини"), CallerTurn(" зимові ")]) == [Said(Side.CALLER, "Шини\nзимові")]


def test_what_was_understood_stands_beside_the_words_unless_they_say_just_that() -> None:
    heard = CallerTurn("двісті п'ять на п'ятдесят п'ять на шістнадцять ", understood="205/55 R16")
    assert units([heard]) == [Said(Side.CALLER, "двісті п'ять на п'ятдесят п'ять на шістнадцять (= 205/55 R16)")]
    assert units([CallerTurn("4", understood="4")]) == [Said(Side.CALLER, "4")]


def test_a_cut_turn_is_marked_where_it_was_cut() -> None:
    assert units([CallerTurn("Шини"), AgentTurn("У нас є ", cut=True), CallerTurn("Так")])[1] == Said(
        Side.AGENT, "У нас є —"
    )


def test_a_turn_of_which_nothing_was_heard_is_left_out() -> None:
    assert units([CallerTurn("Шини"), AgentTurn("", cut=True), CallerTurn(" ")]) == [Said(Side.CALLER, "Шини")]


def test_tools_that_follow_each_other_are_used_at_once_under_new_ids() -> None:
    (_, used) = units([CallerTurn("Шини"), use("a b"), use("a b")])
    assert isinstance(used, Used)
    assert [one.call.id for one in used.uses] == ["call_1", "call_2"]


def test_a_longer_history_begins_as_the_shorter_did() -> None:
    turns: list[Turn] = [CallerTurn("Шини"), use("x"), AgentTurn("Є три."), CallerTurn("Дешевші?"), use("y")]
    assert units(turns)[:4] == units(turns[:4])


def test_a_result_is_never_empty() -> None:
    assert result_text(use("a", " ")) == "(no result)"
    assert result_text(use("a", "", failed=True)) == "(failed)"
    assert result_text(use("a", "три")) == "три"
