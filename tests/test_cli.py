"""The command line answers at once, speaks in JSON, and tells a user's mistake in one line."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fake_rasa import FakeRasa, parsed

CHECKOUT = Path(__file__).resolve().parents[1]
HEAVY = {"spacy", "rasa_sdk", "sqlalchemy", "fastapi", "httpx", "jieba", "rich", "uvicorn"}


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with FakeRasa() as fake:
        yield fake


def shouhou(
    *arguments: str, rasa: FakeRasa | None = None, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    # A Rasa of a few lines has no model, and so nothing that was learned about its answers.
    url = {"SHOUHOU_RASA_URL": rasa.url, "SHOUHOU_MODEL": "none.tar.gz"} if rasa else {}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=CHECKOUT,
        env={**os.environ, **url, **environment},
        input=stdin,
        capture_output=True,
        timeout=30,
    )


def json_lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def the_one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """What a user is told who made a mistake."""
    assert done.returncode == 2, done.stderr.decode()
    (line,) = done.stderr.decode().splitlines()
    assert done.stdout == b""
    return line


def test_help_is_there_in_less_than_half_a_second():
    seconds = []
    for _ in range(3):  # the quickest of three: others may be using this machine
        began = time.perf_counter()
        shouhou("--help")
        seconds.append(time.perf_counter() - began)

    assert min(seconds) < 0.5


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['shouhou', '--help']; from bot.cli import main\n"
        "try: main()\n"
        "finally: print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True)

    assert set(done.stderr.decode().split()) & HEAVY == set()


@pytest.mark.parametrize(
    "command", ["serve", "parse", "eval", "advise", "replay", "check-policy", "import-orders"]
)
def test_every_command_explains_itself(command):
    done = shouhou(command, "--help")

    assert done.returncode == 0
    assert f"shouhou {command}" in done.stdout.decode()


def test_without_a_command_the_commands_are_listed():
    assert "check-policy" in shouhou().stdout.decode()


def test_texts_are_parsed_one_object_a_line_in_order(rasa):
    found = {"entity": "order_no", "value": "250904220031", "start": 2, "end": 14, "role": "old"}
    ranked = [(name, 0.7 / rank) for rank, name in enumerate("abcdefg", 1)]
    rasa.answer = lambda text: parsed(text, *ranked, entities=(found,))

    first, second = json_lines(shouhou("parse", "订单250904220031", "第二句", rasa=rasa))

    assert first == {
        "text": "订单250904220031",
        "intent": {"name": "a", "confidence": 0.7},
        "ranking": [
            {"name": name, "confidence": round(confidence, 4)} for name, confidence in ranked[:5]
        ],
        "entities": [found],
        "unsure": False,
        "degraded": False,
    }
    assert second["text"] == "第二句"


def test_lines_of_standard_input_are_parsed_and_blank_ones_keep_their_place(rasa):
    done = shouhou("parse", rasa=rasa, stdin="一\r\n\n   \n四\u2028四\n五".encode())

    texts = [line["text"] for line in json_lines(done)]
    intents = [line["intent"] is None for line in json_lines(done)]
    assert texts == ["一", "", "   ", "四\u2028四", "五"]
    assert intents == [False, True, True, False, False]


def test_a_line_that_is_not_utf8_does_not_stop_the_others(rasa):
    done = shouhou("parse", rasa=rasa, stdin=b"\xef\xbb\xbfa\n\xff\xfe\nb\n")

    assert [line["text"] for line in json_lines(done)] == ["a", "\ufffd\ufffd", "b"]


def test_many_lines_keep_their_order(rasa):
    lines = [f"第{number}句" for number in range(300)]

    done = shouhou("parse", rasa=rasa, stdin="\n".join(lines).encode())

    assert [line["text"] for line in json_lines(done)] == lines


def test_an_answer_comes_while_the_next_line_is_still_being_written(rasa):
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "parse"],
        cwd=CHECKOUT,
        env={**os.environ, "SHOUHOU_RASA_URL": rasa.url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        process.stdin.write("第一句\n")
        process.stdin.flush()

        answer = json.loads(process.stdout.readline())

        process.stdin.close()
    assert answer["text"] == "第一句"


def test_chinese_comes_out_whole_in_any_locale(rasa):
    done = shouhou("parse", "网线", rasa=rasa, LC_ALL="C", PYTHONIOENCODING="ascii")

    assert "网线" in done.stdout.decode()


def test_when_rasa_is_down_parse_goes_on_and_says_so():
    with FakeRasa() as gone:
        pass

    (line,) = json_lines(shouhou("parse", "没有网线", rasa=gone))

    assert line["degraded"] is True


def test_a_labelled_file_is_measured(rasa, tmp_path):
    file = tmp_path / "dev.jsonl"
    rows = [
        {"text": "你好", "intent": "greet", "slice": "s"},
        {"text": "[数字x]", "intent": "provide_info", "accept": ["provide_info"]},
    ]
    file.write_text("\n".join(map(json.dumps, rows)))

    (report,) = json_lines(shouhou("eval", str(file), "--json", rasa=rasa))

    assert (report["messages"], report["top1"], report["degraded"]) == (2, 0.5, 0)
    assert report["groups"]["slice s"]["top1"] == 1.0  # type: ignore[index]
    assert report["confusions"] == [
        {"meant": "provide_info", "understood": "greet", "times": 1, "examples": ["[数字x]"]}
    ]


def test_the_figures_can_be_read_as_a_table_and_as_a_page_for_ones_own_eyes(rasa, tmp_path):
    file = tmp_path / "dev.jsonl"
    file.write_text(json.dumps({"text": "[数字x]", "intent": "provide_info"}))

    done = shouhou("eval", str(file), rasa=rasa, XDG_STATE_HOME=str(tmp_path), COLUMNS="200")

    shown = done.stdout.decode()
    page = tmp_path / "shouhou/eval/dev.html"
    assert "macro-F1" in shown
    assert "[数字x]" in shown
    assert shown.endswith(f"page: {page}\n")
    assert "[数字x]" in page.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o777 == 0o600


def test_with_json_a_page_is_written_only_where_one_is_wanted(rasa, tmp_path):
    file, page = tmp_path / "dev.jsonl", tmp_path / "page.html"
    file.write_text(json.dumps({"text": "你好", "intent": "greet"}))
    run = ("eval", str(file), "--json")

    json_lines(shouhou(*run, rasa=rasa, XDG_STATE_HOME=str(tmp_path)))
    assert [path.name for path in tmp_path.iterdir()] == ["dev.jsonl"]

    json_lines(shouhou(*run, "--html", str(page), rasa=rasa))
    assert page.exists()


def test_a_page_inside_the_project_is_refused_before_anything_is_measured(rasa, tmp_path):
    file = tmp_path / "dev.jsonl"
    file.write_text(json.dumps({"text": "你好", "intent": "greet"}))

    for option in ("--html", "--answers"):
        told = the_one_line(shouhou("eval", str(file), option, "page.html", rasa=rasa))

        assert told.startswith("error: page.html: ")
        assert "must not be kept inside the project" in told
    assert rasa.heard == []


def test_the_labelled_file_is_not_written_over_with_answers(rasa, tmp_path):
    file = tmp_path / "dev.jsonl"
    file.write_text(json.dumps({"text": "你好", "intent": "greet"}))

    told = the_one_line(shouhou("eval", str(file), "--answers", str(file), rasa=rasa))

    assert "choose another name" in told
    assert json.loads(file.read_text()) == {"text": "你好", "intent": "greet"}


def test_answers_are_kept_and_a_later_run_is_compared_with_them(rasa, tmp_path):
    file, kept = tmp_path / "dev.jsonl", tmp_path / "answers.jsonl"
    rows = [
        {"id": "1", "text": "你好", "intent": "greet"},
        {"id": "2", "text": "谢谢", "intent": "thanks"},
    ]
    file.write_text("\n".join(map(json.dumps, rows)))
    json_lines(shouhou("eval", str(file), "--json", "--answers", str(kept), rasa=rasa))
    rasa.answer = lambda text: parsed(text, ("thanks" if text == "谢谢" else "greet", 0.8))

    (report,) = json_lines(shouhou("eval", str(file), "--json", "--against", str(kept), rasa=rasa))

    lines = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert [(one["id"], one["text"], one["guesses"][0], one["right"]) for one in lines] == [
        ("1", "你好", "greet", True),
        ("2", "谢谢", "greet", False),
    ]
    assert kept.stat().st_mode & 0o777 == 0o600
    against: dict[str, dict[str, dict[str, object]]] = report["against"]  # type: ignore[assignment]
    whole = against["groups"]["all"]
    assert (whole["before"], whole["now"], whole["difference"]) == (0.5, 1.0, 0.5)
    assert (whole["mended"], whole["spoilt"], whole["p"]) == (1, 0, 1.0)
    assert against["changed"] == [
        {
            "id": "2",
            "text": "谢谢",
            "meant": "thanks",
            "before": "greet",
            "now": "thanks",
            "right": True,
        }
    ]


def test_answers_to_other_messages_are_refused_with_the_mend(rasa, tmp_path):
    file, other = tmp_path / "dev.jsonl", tmp_path / "answers.jsonl"
    file.write_text(json.dumps({"id": "1", "text": "你好", "intent": "greet"}))
    other.write_text(json.dumps({"id": "1", "text": "您好", "guesses": ["greet"]}))

    told = the_one_line(shouhou("eval", str(file), "--against", str(other), rasa=rasa))

    assert "the messages differ" in told
    assert "shouhou eval FILE --answers" in told
    assert rasa.heard == []


def test_all_figures_are_in_the_json(rasa, tmp_path):
    file = tmp_path / "dev.jsonl"
    rows = [
        {"text": "你好", "intent": "greet"},
        {"text": "股票", "intent": "out_of_scope"},
    ]
    file.write_text("\n".join(map(json.dumps, rows)))
    rasa.answer = lambda text: parsed(text, ("greet", 0.75 if text == "你好" else 0.25))

    (report,) = json_lines(shouhou("eval", str(file), "--json", rasa=rasa))

    calibration, selective = report["calibration"], report["selective"]
    assert report["groups"]["talk or context"]["intervals"]["top1"] == [1.0, 1.0]  # type: ignore[index]
    assert len(calibration["bins"]) == 10  # type: ignore[index]
    assert calibration["bins"][7] == {  # type: ignore[index]
        "low": 0.7,
        "high": 0.8,
        "messages": 1,
        "confidence": 0.75,
        "right": 1.0,
    }
    assert (calibration["error"], calibration["brier"]) == (0.25, 0.0625)  # type: ignore[index]
    assert selective["at"] == {  # type: ignore[index]
        "threshold": 0.75,
        "answered": 1.0,
        "rejected": 1.0,
        "right": 1.0,
    }
    assert report["intents"][0] == {  # type: ignore[index]
        "intent": "greet",
        "meant": 1,
        "understood": 2,
        "right": 1,
        "precision": 0.5,
        "recall": 1.0,
        "f1": 0.6667,
    }


def test_nothing_is_measured_with_key_phrases(tmp_path):
    file = tmp_path / "dev.jsonl"
    file.write_text(json.dumps({"text": "你好", "intent": "greet"}))
    with FakeRasa() as gone:
        pass

    done = shouhou("eval", str(file), rasa=gone, XDG_STATE_HOME=str(tmp_path))

    assert "Rasa does not answer" in the_one_line(done)
    assert list(tmp_path.rglob("*.html")) == []


def test_a_wrong_line_of_a_labelled_file_is_named(rasa, tmp_path):
    file = tmp_path / "dev.jsonl"
    file.write_text('{"text": "a", "intent": "greet"}\n{"text": "b"}\n')

    assert the_one_line(shouhou("eval", str(file), rasa=rasa)) == (
        "error: line 2: intent: is missing; it must be a text"
    )


def test_a_file_that_is_not_utf8_is_told(rasa, tmp_path):
    file = tmp_path / "dev.jsonl"
    file.write_bytes("你好".encode("gbk"))

    assert "not UTF-8" in the_one_line(shouhou("eval", str(file), rasa=rasa))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["eval"], "file"),
        (["eval", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
        (["eval", "."], "Is a directory"),
        (["serve", "--port", "99999"], "--port"),
        (["nothing"], "nothing"),
        (["advise", "没有网线"], "--order"),
    ],
)
def test_a_mistake_is_one_line_that_names_what_is_wrong(arguments, told):
    assert told in the_one_line(shouhou(*arguments))


def test_a_reader_that_has_seen_enough_causes_no_traceback(rasa):
    lines = "\n".join(["你好"] * 2000).encode()
    script = f"{sys.executable} -m bot.cli parse | head -1"

    done = subprocess.run(
        script,
        shell=True,
        cwd=CHECKOUT,
        env={**os.environ, "SHOUHOU_RASA_URL": rasa.url},
        input=lines,
        capture_output=True,
    )

    assert b"Traceback" not in done.stderr
