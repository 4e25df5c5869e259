"""How a letter looks: the styles of its HTML and the signs of its plain text, one table for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Styles stand inline because several mail programs drop style sheets. The sheet in the head only adds the dark colours,
# for the programs that know them; the others keep the light letter, which is complete without it.
_DARK: Final = (
    ":root{color-scheme:light dark}"  # Apple Mail goes by this or by the meta tag; the others leave the letter as it is
    "@media (prefers-color-scheme:dark){"
    "body,.paper{background:#1b1c1e!important}"
    ".paper,.paper h2{color:#e6e4df!important}"
    ".paper a{color:#9cc0e4!important;border-color:#5b7fa3!important}"
    ".paper hr{border-color:#3d3f43!important}"
    ".paper .small{color:#a9a7a2!important}}"
)

_FONTS: Final = {
    "ja": "'Hiragino Sans','Hiragino Kaku Gothic ProN','Yu Gothic Medium','Yu Gothic',Meiryo,'Noto Sans CJK JP',"
    "'Noto Sans JP',sans-serif",
    "en": "-apple-system,'Segoe UI',Helvetica,Arial,sans-serif",
}
# Outlook for Windows draws with Word, which knows neither max-width nor padding but in a table: without this the letter
# runs from one edge of the window to the other (caniemail.com: css-max-width, css-padding). Nobody else reads comments.
_FOR_WORD: Final = (
    '<!--[if mso]><table role="presentation" align="center" width="600" cellpadding="20" cellspacing="0" border="0">'
    "<tr><td><![endif]-->\n"
)
_FOR_WORD_CLOSE: Final = "<!--[if mso]></td></tr></table><![endif]-->\n"

_LINE_HEIGHT: Final = {"ja": "1.85", "en": "1.65"}

_LINK: Final = "color:#2b5c8a"
_BUTTON: Final = (
    "display:inline-block;padding:9px 22px;border:1px solid #2b5c8a;border-radius:6px;color:#2b5c8a;"
    "font-weight:bold;text-decoration:none"
)

HTML_SIGNS: Final[Mapping[str, str]] = {
    "paragraph_open": '<p style="margin:0 0 1.2em">',
    "paragraph_close": "</p>\n",
    "heading_open": '<h2 style="margin:0 0 .8em;font-size:16px;font-weight:bold;color:#24282c">',
    "heading_close": "</h2>\n",
    "bullet_list_open": '<ul style="margin:0 0 1.2em;padding:0 0 0 1.3em;font-size:15px">\n',
    "bullet_list_close": "</ul>\n",
    "ordered_list_open": '<ol style="margin:0 0 1.2em;padding:0 0 0 1.6em;font-size:15px">\n',
    "ordered_list_close": "</ol>\n",
    "list_item_open": '<li style="margin:0 0 .35em">',
    "numbered_item_open": '<li value="{number}" style="margin:0 0 .35em">',
    "list_item_close": "</li>\n",
    "hr": '<hr style="margin:1.8em 0;border:0;border-top:1px solid #dcdad4">\n',
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "softbreak": "<br>\n",
    "hardbreak": "<br>\n",
    "link_open": f'<a href="{{href}}" style="{_LINK}">',
    "link_close": "</a>",
    "button_open": '<p style="margin:0 0 .5em">',
    "button_link_open": f'<a href="{{href}}" style="{_BUTTON}">',
    "button_link_close": "</a>",
    "button_close": '</p>\n<p class="small" style="margin:0 0 1.4em;font-size:13px;color:#6b6860;'
    'word-break:break-all">{shown}</p>\n',
}

UNBROKEN: Final = '<span style="white-space:nowrap">{}</span>'

TEXT_SIGNS: Final[Mapping[str, str]] = {
    "paragraph_close": "\n\n",
    "heading_close": "\n\n",
    "bullet_list_close": "\n",
    "ordered_list_close": "\n",
    "tight_close": "\n",
    "numbered_item_open": "{number}. ",
    "hr": "-" * 40 + "\n\n",
    "softbreak": "\n",
    "hardbreak": "\n",
    "link_close": ": {shown}",
    "button_link_close": ": {shown}",
    "button_close": "\n\n",
}

_TEXT_MARKS: Final = {
    "ja": {"heading_open": "■ ", "list_item_open": "・"},
    "en": {"heading_open": "", "list_item_open": "- "},
}


def text_signs(language: str) -> Mapping[str, str]:
    """The signs of the plain text, with the marks that readers of `language` expect."""
    return {**TEXT_SIGNS, **_TEXT_MARKS.get(language, _TEXT_MARKS["en"])}


def html_page(body: str, language: str) -> str:
    """The template of the whole HTML part around `body`; its title is the variable `subject_line`."""
    fonts = _FONTS.get(language, _FONTS["en"])
    line_height = _LINE_HEIGHT.get(language, _LINE_HEIGHT["en"])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{{{{ subject_line }}}}</title>\n<style>{_DARK}</style>\n</head>\n"
        f'<body style="margin:0;padding:0;background:#ffffff">\n{_FOR_WORD}'
        '<div class="paper" style="max-width:600px;margin:0 auto;padding:32px 20px;background:#ffffff;color:#24282c;'
        f"font-family:{fonts};font-size:16px;line-height:{line_height};word-wrap:break-word;"
        'overflow-wrap:break-word">\n'
        f"{body}</div>\n{_FOR_WORD_CLOSE}</body>\n</html>\n"
    )


def with_paragraph(page: str, text: str) -> str:
    """A page that `html_page` made, with a last paragraph; `text` holds no sign of HTML."""
    body, end, rest = page.rpartition("</div>")
    return f"{body}{HTML_SIGNS['paragraph_open']}{text}{HTML_SIGNS['paragraph_close']}{end}{rest}"
