"""`shouhou practise`: replies come in on standard input, the dialogue and its grade go out."""

from tests.test_cli import shouhou

REPLIES = """亲，给您添麻烦了，麻烦您再翻翻快递袋和盒子的夹层，看有没有网线？
您看看桌子底下、沙发边有没有掉？
?
这边直接补您200元，您自己买一根可以吗
q
"""


def test_a_dialogue_is_held_and_every_lost_point_says_why() -> None:
    held = shouhou("practise", "missing_cable_1", "--seed", "3", stdin=REPLIES.encode())

    said = held.stdout.decode()
    assert held.returncode == 0, held.stderr
    assert "客户：" in said
    assert "提示：" in said
    assert "没有通过" in said
    assert "按规定算出来是2元，不是200元。（-100）" in said
    assert "这一句是看过提示说的（-5）" in said


def test_customers_are_listed_and_a_wrong_name_is_told_in_one_line() -> None:
    assert "missing_cable_1\t★\t" in shouhou("practise", "--list").stdout.decode()

    wrong = shouhou("practise", "nobody")

    assert wrong.returncode == 2
    assert "没有练习 nobody" in wrong.stderr.decode()
    assert wrong.stderr.decode().count("\n") == 1
