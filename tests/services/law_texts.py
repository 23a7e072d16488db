"""A small law made up for tests: no text of any statute."""

from pathlib import Path

MADE_UP = """# 中华人民共和国劳动争议调解仲裁法（节录）

## 第一章 总则

第二十六条 本条是测试用的前一条。

第二十七条 本条是测试用的句子，说的是蓝色的风筝一年飞一次。

风筝断线的，从接上之日起重新计算。

第二十八条 本条是测试用的后一条，也提到风筝。
"""
OTHER = """# 风筝管理条例

第一条 为了规范风筝，制定本条例。

第二条 风筝应当是蓝色的。

第二十七条 风筝条例的第二十七条。
"""


def write_texts(folder: Path) -> Path:
    """Write the made-up laws into a folder to import."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "仲裁法.md").write_text(MADE_UP, "utf-8")
    (folder / "风筝.md").write_text(OTHER, "utf-8")
    return folder
