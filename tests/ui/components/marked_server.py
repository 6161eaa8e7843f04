"""tasktracker in a language of tests: whatever comes from a catalogue stands between ⟦ and ⟧.

Its tag is that of Chinese, so that days and the framework's own texts come without a single Latin letter.
"""

import json
from gettext import NullTranslations

from tasktracker.__main__ import main
from tasktracker.ui import language, refusals, scripts
from tasktracker.ui.refusals import sentences


class _Marked(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002  the same mark whatever it means
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def _in_scripts(_code: str) -> str:
    refused = {each.message: f"⟦{each.message}⟧" for each in sentences()}
    marked = "new Proxy({}, { get: (_, message) => `⟦${message.split('\\u0004').at(-1)}⟧` })"
    return f"window.tasktrackerTexts = {marked};\nwindow.tasktrackerRefusals = {json.dumps(refused)};\n"


if __name__ == "__main__":
    language.LANGUAGES["zh"] = language.Language("zh", "⟦⟧", "zh-CN")
    for module in (language, refusals):
        vars(module)["translations"] = lambda _code: _Marked()
    scripts.script_texts = _in_scripts  # type: ignore[assignment]
    main()
