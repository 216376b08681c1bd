"""Files to documents: each encoding, each format, each way in which a file can be wrong."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import parsers, read
from documents.decode import decode_text, looks_chinese
from documents.errors import DocumentError
from documents.read import document_from_text, read_bytes, read_documents
from documents.types import Document

CHINESE = "# 发布会\n\n辛国斌：2023年，规模以上工业增加值同比增长4.6%，价格为100€，地名䶮、𠮷。\n"
TRADITIONAL = (
    "辛國斌：去年，規模以上工業增加值比上年增長百分之四點六，製造業增長百分之五，企業效益穩步回升。\n"
)
JAPANESE = "昨年の工業生産は前の年に比べて四・六パーセント増えました。これは製造業が伸びたためです。\n"
KOREAN = (
    "지난해 공업 생산은 전년보다 늘었습니다. 제조업이 성장했기 때문이라고 대변인이 기자들에게 설명했습니다.\n"
)
FRENCH = "L'année dernière, la production a progressé, a déclaré le ministre délégué, très satisfait du résultat.\n"

# Characters that a text file may hold: no controls, no line ends but \n, and what GB18030 assigns in any edition.
ORDINARY = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"), include_characters="\n\t")


def write_pdf(lines: list[str], *, pages: int = 1, title: str = "") -> bytes:
    """Write the smallest PDF that says lines on each page."""
    kids = " ".join(f"{5 + 2 * page} 0 R" for page in range(pages))
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    drawing = f"BT /F 12 Tf 14 TL 50 700 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>",
    ]
    for page in range(pages):
        page_parts = f"/Resources << /Font << /F 3 0 R >> >> /Contents {6 + 2 * page} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {page_parts} >>")
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def write_docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("工业发展情况", 1)
    document.add_paragraph("记者：请介绍情况。")
    document.add_heading("主要指标", 2)
    table = document.add_table(2, 2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ["指标", "数值", "增加值", "4.6%"], strict=True
    ):
        cell.text = text
    document.add_paragraph("辛国斌：增长4.6%。")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def refuse(data: bytes, name: str = "notes.txt") -> str:
    """Return the message that data is refused with."""
    with pytest.raises(DocumentError) as caught:
        read_bytes(data, name)
    message = str(caught.value)
    assert "\n" not in message
    assert name in message
    return message


# Encodings


@pytest.mark.parametrize(
    ("encode", "encoding"),
    [
        (lambda text: text.encode(), "utf-8"),
        (lambda text: b"\xef\xbb\xbf" + text.encode(), "utf-8-sig"),
        (lambda text: b"\xff\xfe" + text.encode("utf-16-le"), "utf-16"),
        (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), "utf-16"),
        (lambda text: text.encode("gb18030"), "gb18030"),
    ],
)
def test_each_encoding_gives_the_same_text(tmp_path: Path, encode: object, encoding: str) -> None:
    data = encode(CHINESE.replace("\n", "\r\n"))  # type: ignore[operator]
    (tmp_path / "a.txt").write_bytes(data)
    (document,) = read_documents(tmp_path / "a.txt")
    assert document.text == CHINESE
    assert document.encoding == encoding
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.id == "a"
    assert document.title == "发布会"
    assert document.source == str(tmp_path / "a.txt")


@given(st.text(ORDINARY), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_decoding_undoes_encoding(text: str, encoding: str) -> None:
    text = f"字{text}"  # neither empty nor beginning with a mark
    assert decode_text(text.encode(encoding), "a.txt") == (text, encoding)


@given(st.text(ORDINARY, max_size=20))
def test_decoding_undoes_gb18030(text: str) -> None:
    text = f"{CHINESE}{text}"
    assert decode_text(text.encode("gb18030"), "a.txt") == (text, "gb18030")


@given(st.text(st.sampled_from("甲乙\r\n\f\v\u2028\x85 ")))
def test_only_line_ends_are_unified(text: str) -> None:
    text = f"甲{text}"
    expected = "\n".join(part for line in text.split("\r\n") for part in line.split("\r"))
    assert decode_text(text.encode(), "a.txt")[0] == expected
    assert document_from_text("a", text).text == expected


@given(st.binary(max_size=300), st.sampled_from(read.SUFFIXES))
@settings(deadline=None)
def test_any_bytes_give_a_document_or_a_document_error(data: bytes, suffix: str) -> None:
    try:
        document = read_bytes(data, f"a{suffix}")
    except DocumentError as error:
        message = str(error)
    else:
        message = document.title
        assert document.text.encode()
    assert "\n" not in message
    assert message.encode()


@pytest.mark.parametrize(
    ("text", "codec", "named"),
    [
        (TRADITIONAL, "big5", "BIG5"),
        (JAPANESE, "cp932", "CP932"),
        (JAPANESE * 2, "euc_jp", "EUC-JP"),
        (KOREAN * 3, "cp949", "CP949"),
        (FRENCH, "cp1252", "CP1252"),
        (CHINESE, "utf-16-le", "UTF-16LE"),
        (CHINESE, "utf-16-be", "UTF-16BE"),
        ("All in English.", "utf-16-le", "UTF-16LE"),
    ],
)
def test_foreign_encodings_are_refused_with_the_command_that_converts_them(
    text: str, codec: str, named: str
) -> None:
    message = refuse(text.encode(codec))
    assert f"iconv -f {named} -t UTF-8 notes.txt" in message
    assert "byte " in message


@pytest.mark.parametrize(
    "text", [TRADITIONAL, "苯胺、噻吩。", "English text, 中文 in it, x轴.", "龴䶮𠮷€ｅ", "naïve 中国"]
)
def test_real_gb18030_is_never_refused(text: str) -> None:
    assert decode_text(text.encode("gb18030"), "a.txt")[0] == text


def test_characters_of_later_editions_of_gb18030_are_let_through() -> None:
    assert decode_text(CHINESE.encode("gb18030") + b"\xfe\x59\xa6\xd9", "a.txt")[1] == "gb18030"
    assert "byte 4 (0xAA) is U+E000" in refuse("中国".encode("gb18030") + b"\xaa\xa1")


def test_accents_that_swallowed_a_letter_are_not_chinese() -> None:
    assert not looks_chinese("fran鏰is")
    assert looks_chinese("iMac和iPad")


def test_the_byte_is_named() -> None:
    data = "发布会".encode("gb18030") + b"\xff" + "发布会".encode("gb18030")
    message = refuse(data)
    assert "byte 0 (0xB7) is not UTF-8" in message
    assert "byte 6 (0xFF) is not GB18030" in message
    damaged = CHINESE.encode().replace("斌".encode(), "斌".encode()[:2])
    at = len(CHINESE.partition("斌")[0].encode())
    assert f"byte {at} (0xE6) is not UTF-8" in refuse(damaged)
    assert "damaged" in refuse(damaged)
    assert "byte 4 " in refuse(b"\xff\xfe" + "发".encode("utf-16-le") + b"\x00\xd8")
    assert "byte 6 " in refuse(b"\xef\xbb\xbf" + "发".encode() + b"\xff")
    assert "UTF-32" in refuse(CHINESE.encode("utf-32"))


@pytest.mark.parametrize(
    ("data", "byte"),
    [
        (b"abc\x00def", 3),
        ("发布会\x07".encode(), 9),
        (b"\xef\xbb\xbf" + "发\x1b".encode(), 6),
        ("发布会\x07".encode("gb18030"), 6),
        (b"\xff\xfe" + "发\x07".encode("utf-16-le"), 4),
        (b"\xfe\xff" + "𠮷\x07".encode("utf-16-be"), 6),
    ],
)
def test_binary_files_are_refused_with_the_byte(data: bytes, byte: int) -> None:
    assert f"byte {byte}: control character" in refuse(data)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "　\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe"])
def test_files_without_text_are_refused(data: bytes) -> None:
    assert f"{len(data)} bytes" in refuse(data)


# Which files, and what they are called


def write_files(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"正文：{name}。", encoding="utf-8")


def test_a_folder_is_read_in_order_with_all_below_it(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        "b.txt",
        "a/c.md",
        "a/x.markdown",
        ".hidden.txt",
        ".git/d.txt",
        "~$b.txt",
        "e.zip",
        "__init__.py",
    )
    documents = read_documents(tmp_path)
    assert [document.id for document in documents] == ["b", "a/c", "a/x"]
    assert read_documents(str(tmp_path)) == documents


def test_clashing_names_keep_their_suffix(tmp_path: Path) -> None:
    write_files(tmp_path, "a.txt", "a.md", "a.txt.md", "sub/a.txt")
    assert [document.id for document in read_documents(tmp_path)] == ["a.md", "a.txt", "a.txt.md", "sub/a"]


def test_several_paths_are_named_from_their_common_folder(tmp_path: Path) -> None:
    write_files(tmp_path, "x/a.txt", "y/a.txt", "y/b.txt")
    paths = [tmp_path / "y" / "a.txt", str(tmp_path / "x"), tmp_path / "y"]
    assert [document.id for document in read_documents(paths)] == ["y/a", "x/a", "y/b"]
    assert [document.id for document in read_documents([tmp_path / "x" / "a.txt"])] == ["a"]


def test_a_glob_is_named_from_its_fixed_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, "x/a.txt", "x/y/b.txt", "x/c.zip")
    assert [document.id for document in read_documents(f"{tmp_path}/x/**/*")] == ["a", "y/b"]
    monkeypatch.chdir(tmp_path)
    assert [document.id for document in read_documents("x/*.txt")] == ["a"]
    assert [document.id for document in read_documents("*/[a]*")] == ["x/a"]
    assert [document.source for document in read_documents("x")] == ["x/a.txt", "x/y/b.txt"]
    with pytest.raises(DocumentError, match=r"\*\.pdf"):
        read_documents("x/*.pdf")


def test_a_folder_that_contains_itself_does_not_hang(tmp_path: Path) -> None:
    write_files(tmp_path, "a/b.txt", "z.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    assert [document.id for document in read_documents(tmp_path)] == ["z", "a/b"]


def test_what_is_not_there_or_not_readable_is_named(tmp_path: Path) -> None:
    write_files(tmp_path, "a.zip", "none", "empty/b.bin")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    for name in (
        "missing.txt",
        "a.zip",
        "none",
        "empty",
        "pipe.txt",
        "gone.txt",
        "missing\nline.txt",
        "x" * 300,
        "nul\0.txt",
    ):
        with pytest.raises(DocumentError) as caught:
            read_documents(tmp_path / name)
        assert "\n" not in str(caught.value)
        assert name.replace("\n", "\\n") in str(caught.value)
    with pytest.raises(
        DocumentError, match=r"what can be read: \.txt \.md \.markdown \.pdf \.docx \.html \.htm"
    ):
        read_documents(tmp_path / "a.zip")
    with pytest.raises(DocumentError, match="no path given"):
        read_documents([])
    with pytest.raises(DocumentError, match="check the path"):
        read_documents("")


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 100)
    (tmp_path / "a.txt").write_bytes(b"a" * 101)
    with pytest.raises(DocumentError, match="at most 100"):
        read_documents(tmp_path)


def test_names_that_utf8_cannot_hold_are_refused(tmp_path: Path) -> None:
    broken = os.fsdecode(bytes(tmp_path) + b"/\xb7.txt")
    Path(broken).write_bytes(b"text")
    with pytest.raises(DocumentError, match="U\\+DCB7"):
        read_documents(broken)
    with pytest.raises(DocumentError, match="character 1 of the text is U\\+D800"):
        document_from_text("a", "x\ud800")


def test_uploads_and_texts_at_hand() -> None:
    upload = read_bytes(CHINESE.encode(), "C:\\files\\发布会.TXT")
    assert (upload.id, upload.text) == ("发布会", CHINESE)
    assert read_bytes(CHINESE.encode(), "x.md", id="上传").id == "上传"
    text = document_from_text("p1", "\ufeff第一行\r\n第二行。")
    digest = hashlib.sha256("\ufeff第一行\r\n第二行。".encode()).hexdigest()
    assert text == Document("p1", "第一行", "p1", "第一行\n第二行。", "utf-8", digest)
    assert document_from_text("p2", "").text == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("编者按\n\n# 工信部解读 热点\n", "工信部解读 热点"),
        ("\n\n  2023年工业情况  \n正文。", "2023年工业情况"),
        ("工业增长4.6%\n正文。", "工业增长4.6%"),
        ("工业增长了。\n正文。", "stem"),
        ("字" * 61, "stem"),
        ("## 二级\n正文。", "## 二级"),
        ("#话题\n正文。", "#话题"),
        ("> 说明：本文是虚构的。\n> 勿引用。\n\n供水发布会实录\n\n正文。", "供水发布会实录"),
        ("> 说明：本文是虚构的。", "stem"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert read_bytes(text.encode(), "stem.md").title == title


# PDF, DOCX, HTML


def test_pdf_pages_are_joined_by_blank_lines() -> None:
    document = read_bytes(
        write_pdf(["Output grew by 4.6%.", "So it did."], pages=2, title="Briefing"), "a.pdf"
    )
    assert document.text == "Output grew by 4.6%.\nSo it did.\n\nOutput grew by 4.6%.\nSo it did."
    assert (document.encoding, document.title) == ("pdf", "Briefing")
    assert read_bytes(write_pdf(["It grew."], title="Microsoft Word - a.doc"), "a.pdf").title == "a"


def encrypt_pdf(password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(write_pdf(["Secret."]))))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_pdfs_that_cannot_be_read() -> None:
    assert "encrypted" in refuse(encrypt_pdf("secret"), "a.pdf")
    assert read_bytes(encrypt_pdf(""), "a.pdf").text == "Secret."
    assert "scanned" in refuse(write_pdf([]), "a.pdf")
    assert "not a readable PDF" in refuse(write_pdf(["It grew."])[:200], "a.pdf")
    assert "not a readable PDF" in refuse(b"no pdf at all", "a.pdf")
    assert "no meaning" in refuse(write_pdf([r"\001\002\003\004"]), "a.pdf")


def test_docx_keeps_the_order_of_headings_paragraphs_and_tables() -> None:
    document = read_bytes(write_docx(), "a.docx")
    assert document.text == (
        "# 工业发展情况\n\n记者：请介绍情况。\n\n## 主要指标\n\n指标 | 数值\n增加值 | 4.6%\n\n辛国斌：增长4.6%。"
    )
    assert (document.encoding, document.title) == ("docx", "工业发展情况")


def test_docx_text_in_changes_and_content_controls_is_read() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>增长</w:t></w:r><w:ins><w:r><w:t>4.6%</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>5%</w:delText></w:r></w:del><w:r><w:br/><w:t>。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    source, stream = zipfile.ZipFile(io.BytesIO(write_docx())), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'.encode()
            target.writestr(name, part)
    assert read_bytes(stream.getvalue(), "a.docx").text == "增长4.6%\n。"


def test_docx_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import docx

    assert "not a readable DOCX" in refuse(b"no zip", "a.docx")
    assert "not a readable DOCX" in refuse(write_docx()[:-100], "a.docx")
    empty = io.BytesIO()
    docx.Document().save(empty)
    assert "0 characters" in refuse(empty.getvalue(), "a.docx")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("a.txt", "a")
    assert "not a readable DOCX" in refuse(archive.getvalue(), "a.docx")
    monkeypatch.setattr(parsers, "MAX_UNPACKED", 1000)
    assert "more than 1000 bytes" in refuse(write_docx(), "a.docx")


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>发布会 - 某网</title></head><body>
<nav><a href="/">首页</a></nav><form><h1>工业发展情况</h1><!-- 注释 --><p>记者：请介绍<b>一下</b><a href="x">工业</a>。</p>
<div>辛国斌：增长4.6%。<br>制造业增长5.0%。</div><ul><li>一是企稳。</li><li>二是恢复。</li></ul><h2>指标</h2>
<table><tr><th><p>指标</p></th><th>数值</th></tr><tr><td>增加值</td><td>4.6%</td></tr></table></form>
<script>var x = 1;</script><footer>版权所有</footer></body></html>"""


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "utf-8"), ("utf-8", "gb18030"), ("x", "utf-8-sig")],
)
def test_html_gives_its_main_text_in_whatever_encoding_it_names(charset: str, codec: str) -> None:
    document = read_bytes(PAGE.format(charset=charset).encode(codec), "a.html")
    assert document.text == (
        "# 工业发展情况\n\n记者：请介绍一下工业。\n\n辛国斌：增长4.6%。\n制造业增长5.0%。\n\n"
        "一是企稳。\n二是恢复。\n\n## 指标\n\n指标 | 数值\n增加值 | 4.6%"
    )
    assert (document.encoding, document.title) == ("html", "工业发展情况")


def test_html_respects_big5_and_leaves_out_a_long_articles_surroundings() -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"></head><body><p>{TRADITIONAL}</p></body></html>'
    assert read_bytes(page.encode("big5"), "a.htm").text == TRADITIONAL.strip()
    article = "".join(
        f"<p>第{number}项指标稳步回升，同比增长{number}.5%，为经济回升向好提供了有力支撑。</p>"
        for number in range(30)
    )
    page = f'<html><body><div class="menu"><a href="/">首页要闻</a></div><article><h1>情况</h1>{article}</article></body></html>'
    text = read_bytes(page.encode(), "a.html").text
    assert text.startswith("# 情况\n\n第0项指标")
    assert "首页要闻" not in text
    assert text.count("指标稳步回升") == 30


@pytest.mark.parametrize("charset", ["gbk", "big5", "iso-8859-1", "no-such"])
def test_html_that_names_the_wrong_encoding_is_read_by_the_right_one(charset: str) -> None:
    page = f"<html><meta charset={charset}><body><p>工业增长情况良好</p></body></html>"
    assert page.encode().decode("gb18030") != page  # it does decode, to other characters
    assert read_bytes(page.encode(), "a.html").text == "工业增长情况良好"
    if charset in ("gbk", "no-such"):
        assert read_bytes(page.encode("gb18030"), "a.html").text == "工业增长情况良好"


def test_html_whose_main_text_would_lose_most_of_the_page_is_read_whole() -> None:
    said = "指标稳步回升，<strong>同比</strong>增长"
    figures = "".join(
        f"<div>全国第{number}项{said}{number}.5%，为经济回升提供了支撑。</div>" for number in range(12)
    )
    page = f'<html><body><div class="main"><h1>情况</h1><p class="date">2024年1月19日</p>{figures}</div></body></html>'
    text = read_bytes(page.encode(), "a.html").text
    assert text.startswith(
        "# 情况\n\n2024年1月19日\n\n全国第0项指标稳步回升，同比增长0.5%，为经济回升提供了支撑。\n\n全国第1项"
    )
    assert text.count("稳步回升") == 12


@pytest.mark.parametrize(
    "page", ["<html><body><img src='a'></body></html>", "<!-- nothing -->", "<script>x</script>"]
)
def test_html_that_says_nothing_is_refused(page: str) -> None:
    assert "bytes of HTML" in refuse(page.encode(), "a.html")


def test_parsers_are_not_imported_before_they_are_needed() -> None:
    code = "import sys, documents.read; print(sorted({'pypdf', 'docx', 'trafilatura', 'lxml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
