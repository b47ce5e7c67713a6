"""Text in traditional characters: what the source writes in them comes back as it stood there."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from docproc.cli import main
from docproc.model import Content
from docproc.text.outgoing import traditional
from docproc.text.view import view_of


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("法定代表人：范志強，申報單位在臺灣。", "法定代表人：范志強，申報單位在臺灣。"),
        ("葉氏鉅昇精工股份有限公司，乾燥設備於後，看著執照。", "葉氏鉅昇精工股份有限公司，乾燥設備於後，看著執照。"),
        ("本公司資訊系統與軟體智慧製造，未發生事故。", "本公司資訊系統與軟體智慧製造，未發生事故。"),
        ("本廠在過去，\n三年內未發(fā)生２起事故。", "本廠在過去，三年內未發生2起事故。"),
        ("公司后续升级软件。\n負責人：范國強簽署聲明。", "公司後續升級軟件。\n負責人：范國強簽署聲明。"),
        ("", ""),
    ],
)
def test_the_sources_own_characters_come_back(source: str, printed: str) -> None:
    assert traditional(view_of(Content(format="txt", text=source))) == printed


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "声明.txt"
    path.write_text("法定代表人：范志強聲明。\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["normalise", str(path), "--to", "hant"])
    assert result.exit_code == 0
    assert result.output == "法定代表人：范志強聲明。\n"
