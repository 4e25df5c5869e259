"""What mail programs make of HTML and CSS, by the facts of caniemail.com; and which of it our letters can do without.

`python -m tests.reading.mail_programs caniemail.json` takes the facts from the npm package caniemail (MIT) again.
"""

import json
import sys
from pathlib import Path

FACTS = Path(__file__).with_name("mail_programs.json")
PROGRAMS = {
    "Gmail": ("gmail", "desktop-webmail"),
    "Gmail iOS": ("gmail", "ios"),
    "Gmail Android": ("gmail", "android"),
    "Outlook Windows": ("outlook", "windows"),
    "Outlook.com": ("outlook", "outlook-com"),
    "Outlook macOS": ("outlook", "macos"),
    "Outlook iOS": ("outlook", "ios"),
    "Apple Mail macOS": ("apple-mail", "macos"),
    "Apple Mail iOS": ("apple-mail", "ios"),
    "Yahoo! Mail": ("yahoo", "desktop-webmail"),
    "Yahoo! Mail iOS": ("yahoo", "ios"),
    "Yahoo! Mail Android": ("yahoo", "android"),
}
"""Yahoo! JAPAN's own programs are not tested by caniemail; they drop what Yahoo! Mail drops, as far as we know."""
ELEMENTS = {
    **dict.fromkeys(("html", "head", "title", "meta", "a", "br", "em", "h2"), ""),  # HTML 2: everybody has them
    "body": "html-body",
    "style": "html-style",
    "div": "html-div",
    "p": "html-p",
    "span": "html-span",
    "hr": "html-hr",
    "strong": "html-strong",
    **dict.fromkeys(("ul", "ol", "li"), "html-lists"),
}
PROPERTIES = {
    "color": "",  # CSS 1
    "font-family": "css-font",
    "font-size": "css-font-size",
    "font-weight": "css-font-weight",
    "line-height": "css-line-height",
    "margin": "css-margin",
    "padding": "css-padding",
    "max-width": "css-max-width",
    "background": "css-background",
    "border": "css-border",
    "border-top": "css-border",
    "border-color": "css-border",
    "border-radius": "css-border-radius",
    "display": "css-display",
    "text-decoration": "css-text-decoration",
    "white-space": "css-white-space",
    "word-break": "css-word-break",
    "word-wrap": "css-word-wrap",
    "overflow-wrap": "css-overflow-wrap",
    "color-scheme": "css-color-scheme",
}
CAN_DO_WITHOUT = {
    "html-body": "its background is that of the letter's own div",
    "html-lists": "lists are of one kind, without attributes that matter",
    "html-style": "the sheet only adds dark colours; the letter is complete without it",
    "css-background": "one colour, no picture",
    "css-border": "a line below 8 pixels, on links and rules",
    "css-border-radius": "a button with corners is a button",
    "css-color-scheme": "the same as the sheet",
    "css-display": "only inline-block: where it is dropped a button is a bold link, with its address below",
    "css-font-size": "only pixels",
    "css-font-weight": "only bold",
    "css-line-height": "a plain number",
    "css-margin": "nothing negative, nothing on body or span; the table for Outlook stands in the middle by itself",
    "css-max-width": "Outlook for Windows has a table of its own width around the letter",
    "css-overflow-wrap": "word-wrap says the same to others",
    "css-padding": "Outlook for Windows has the padding of that table",
    "css-text-decoration": "one value: none",
    "css-white-space": "one value: nowrap, for a licence number, which else parts at its hyphens",
    "css-word-break": "only the address below a button; it is then wider, not cut",
    "css-word-wrap": "only the address of a link can be long, and the letter is then wider, not cut",
}
"""Features that some program lacks, or knows in part, and why no reader there misses anything."""


def facts():
    """By feature and program: y, a (in part) or n."""
    return json.loads(FACTS.read_text())["features"]


def taken_from(source):
    """The facts that we need, of a file of caniemail."""
    known = {feature["slug"]: feature for feature in source["data"]}
    wanted = sorted({*ELEMENTS.values(), *PROPERTIES.values()} - {""})
    return {
        "source": f"caniemail.com (MIT), data of {source['last_update_date'][:10]}",
        "features": {
            slug: {
                name: next(reversed((known[slug]["stats"].get(family, {}).get(platform) or {"": "u"}).values()))[:1]
                for name, (family, platform) in PROGRAMS.items()
            }
            for slug in wanted
        },
    }


if __name__ == "__main__":
    FACTS.write_text(json.dumps(taken_from(json.loads(Path(sys.argv[1]).read_text())), indent=1) + "\n")
