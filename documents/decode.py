"""Bytes to text: UTF-8 and UTF-16 by their marks, UTF-8, GB18030; strict, in this order, never by a guess.

GB18030 gives a character for nearly every pair of bytes, so what it alone accepts must also look like
Chinese. Detection serves the error message only: it names the encoding to convert from.
"""

from __future__ import annotations

import codecs
import re
import shlex
import unicodedata

from documents.errors import DocumentError

# The 300 characters that are most frequent in Chinese news (simplified) or in an encyclopedia (traditional),
# and the full-width marks that no other national encoding shares in practice. Some 40 to 60 % of the
# characters of a Chinese text are among them, under 10 % of what Korean or Japanese bytes turn into.
COMMON = re.compile(
    "[，：；！？（）"
    "的國年在為一中大是人和有国了为日以於地上发後行成時不民學動會月時之会與主市生公区軍出业作新政部对家来到多發工全进南法其個"
    "方而西等于个來自世能開区分東及现这下戰用力將这通由對也北經斯场元要展他员最后同被合立资高者们前经学動教过代開文长車并理实"
    "化安体报德关名建务期機第机利都本电与表外美因金現子爾統位提水所亞內此道可事交長海過心加業示進内我更网馬据電使共重得次保活"
    "特面三产万但度任入產稱州當天至府台小目定司聯查量物性平持體城设比信羅间種將题社克品联華点路并治帝当记制權明間相總十二義强"
    "应警看數好数界情拉原就流向山然东黨队已議管还近兩責朝史基计受王标收員运防省局增回该從院設關達服著系式士領正推始息起科项手]"
)
HANZI = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
KANA = re.compile("[\u3041-\u30ff]")
HANGUL = re.compile("[\uac00-\ud7a3]")
ACCENTED = re.compile("(?<=[A-Za-z])[À-ÿ]|[À-ÿ](?=[A-Za-z])")
LONE_HANZI = re.compile("(?<![^\x00-\x7f])[\u3400-\u9fff](?![^\x00-\x7f])")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # \x85 is a line end in some texts
NOT_ASCII = re.compile(b"[\x80-\xff]")

# Python decodes GB18030 as of 2000, where these characters of the later editions are still private.
LATER_IN_GB18030 = frozenset(
    map(chr, [*range(0xE78D, 0xE797), 0xE7C7, *range(0xE816, 0xE819), 0xE81E, 0xE826, 0xE82B, 0xE82C])
) | frozenset("\ue831\ue832\ue83b\ue843\ue854\ue855\ue864")

# Name for iconv, Python's codec, what its text is made of, and the least share of it among what is not ASCII.
FOREIGN = (
    ("EUC-JP", "euc_jp", KANA, 0.3),
    ("CP932", "cp932", KANA, 0.3),
    ("BIG5", "big5hkscs", COMMON, 0.2),
    ("UTF-16LE", "utf-16-le", COMMON, 0.2),
    ("UTF-16BE", "utf-16-be", COMMON, 0.2),
    ("CP1252", "cp1252", ACCENTED, 0.4),
    ("CP949", "cp949", HANGUL, 0.7),
)
DOUBT_FROM = 20  # characters: fewer than these may all be rare
SAMPLE = 100_000  # bytes that a guess looks at


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """Return the text with its line ends unified, and the name of its encoding.

    DocumentError with the byte's position where data is empty, binary, or in no encoding that is read here.
    """
    text, encoding, mark = _decode_strictly(data, name)
    if found := CONTROL.search(text):
        codec = {"utf-16": "utf-16-be", "utf-8-sig": "utf-8"}.get(encoding, encoding)
        byte = mark + len(text[: found.start()].encode(codec))
        raise DocumentError(
            f"{name}: byte {byte}: control character U+{ord(found.group()):04X} in what should be text; "
            f"{_advise(data, name, 'the file is binary: save it as text (UTF-8), PDF, DOCX or HTML')}"
        )
    if not text.strip("\ufeff\u200b \t\n\r\f\v\u3000"):
        raise DocumentError(f"{name}: 0 characters of text in {len(data)} bytes; give a file with text in it")
    return unify_line_ends(text), encoding


def unify_line_ends(text: str) -> str:
    """Return the text with each \\r\\n and each lone \\r as \\n."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_strictly(data: bytes, name: str) -> tuple[str, str, int]:
    """Return text, encoding and the length of the byte order mark."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise DocumentError(
            f"{name}: byte 0: a UTF-32 mark, and UTF-8, UTF-16 and GB18030 are read; {_convert('UTF-32', name)}"
        )
    for mark, codec, encoding in (
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec), encoding, len(mark)
            except UnicodeDecodeError as error:
                byte = error.start + len(mark)
                raise DocumentError(
                    f"{name}: byte {byte} (0x{data[byte]:02X}) is not {encoding}, which the mark at byte 0 announces; "
                    "copy the file again from its source, or save it as UTF-8"
                ) from None
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError as error:
        return _decode_gb18030(data, name, error.start), "gb18030", 0


def _decode_gb18030(data: bytes, name: str, utf8_byte: int) -> str:
    not_utf8 = f"{name}: byte {utf8_byte} (0x{data[utf8_byte]:02X}) is not UTF-8"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        byte = error.start
        raise DocumentError(
            f"{not_utf8} and byte {byte} (0x{data[byte]:02X}) is not GB18030; "
            f"{_advise(data, name, 'copy the file again from its source, or save it as UTF-8')}"
        ) from None
    if (at := _find_unassigned(text)) >= 0:
        byte = len(text[:at].encode("gb18030"))
        raise DocumentError(
            f"{not_utf8} and byte {byte} (0x{data[byte]:02X}) is U+{ord(text[at]):04X} in GB18030, which no Chinese "
            f"text holds; {_advise(data, name, 'save the file as UTF-8')}"
        )
    if not looks_chinese(text):
        byte = first.start() if (first := NOT_ASCII.search(data)) else 0
        raise DocumentError(
            f"{not_utf8} and from byte {byte} on it is not Chinese in GB18030 ({len(COMMON.findall(text))} frequent "
            f"characters of {len(HANZI.findall(text))}); {_advise(data, name, 'save the file as UTF-8')}"
        )
    return text


def _find_unassigned(text: str) -> int:
    """Return where the first character stands that no edition of GB18030 assigns, or a C1 control; -1 for none."""
    wrong = [text.index(character) for character in set(text) if _is_unassigned(character)]
    return min(wrong, default=-1)


def _is_unassigned(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cn":
        return character < "\U00020000"  # above, an ideograph newer than Python's tables
    return (category == "Co" and character not in LATER_IN_GB18030) or "\x80" <= character <= "\x9f"


def looks_chinese(text: str) -> bool:
    """Say whether text, as GB18030 gave it, can be Chinese: no short text is ever doubted for being rare."""
    counted = len(HANZI.findall(text)) + len(KANA.findall(text))
    expected = len(COMMON.findall(text)) * 10
    return expected >= counted or (expected >= counted - DOUBT_FROM and not _has_swallowed_accents(text))


def _has_swallowed_accents(text: str) -> bool:
    """Say whether text is a Western one in which each accent took the letter after it along (fran鏰is)."""
    hanzi = HANZI.findall(text)
    if all(character.encode("gb18030")[1] < 0x80 for character in hanzi):
        return bool(re.search("[a-z][\u3400-\u9fff]", text))
    return len(LONE_HANZI.findall(text)) == len(hanzi) and bool(re.search("[a-z][\u3400-\u9fff][a-z]", text))


def _advise(data: bytes, name: str, otherwise: str) -> str:
    if _is_damaged_utf8(data[:SAMPLE]):
        return "the rest is UTF-8, so the file is damaged: copy it again from its source"
    guess = guess_encoding(data)
    return f"it looks like {guess}: {_convert(guess, name)}" if guess else otherwise


def _is_damaged_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    return text.count("\ufffd") * 10 < sum(not character.isascii() for character in text)


def _convert(encoding: str, name: str) -> str:
    return f"run `iconv -f {encoding} -t UTF-8 {shlex.quote(name)}` and give its output"


def guess_encoding(data: bytes) -> str:
    """Return iconv's name of the encoding that data is probably in, "" where nothing speaks for one."""
    sample = data[:SAMPLE]
    for half, name in ((sample[1::2], "UTF-16LE"), (sample[::2], "UTF-16BE")):
        if half.count(0) * 2 > len(half) and sample.count(0) * 3 < len(sample) * 2:
            return name
    for name, codec, pattern, least in FOREIGN:
        text = sample.decode(codec, "replace")
        if len(pattern.findall(text)) > least * sum(not character.isascii() for character in text):
            return name
    return ""
