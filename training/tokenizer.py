"""The reader's tokenizer: the encoder's, with punctuation, 的 and units of time as tokens of their own.

A token that holds 》 and ， at once can't end an answer at 》: of DRCD's answers 5 in 100 end inside a token of the
encoder's, after this 1 in 100. Usage: python -m training.tokenizer ENCODER_FOLDER OUTPUT.json
"""

from __future__ import annotations

import sys
from pathlib import Path

ALONE = r"[、。，；：！？《》〈〉「」『』“”‘’（）【】…—·～]|[\[\]()\"'!?;:]|(?<!\d)[.,]|[.,](?!\d)|[的年月日人在起]"


def make_tokenizer(source: Path, output: Path) -> None:
    """Reads the encoder's tokenizer.json, writes the reader's."""
    from tokenizers import Regex, Tokenizer
    from tokenizers.pre_tokenizers import Metaspace, Sequence, Split

    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.pre_tokenizer = Sequence([Metaspace(replacement="▁", prepend_scheme="always"), Split(Regex(ALONE), "isolated")])
    output.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(output))


if __name__ == "__main__":
    make_tokenizer(Path(sys.argv[1]), Path(sys.argv[2]))
