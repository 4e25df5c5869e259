#!/bin/sh
# Install the system programs that tests need beside Python: a browser, an office that opens our workbooks and runs their
# macros, a spam filter that looks at our letters, and Node 18 or newer with npm. Says what to do where it may not.
set -eu

has_node() {
    command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 \
        && node -e 'process.exit(parseInt(process.versions.node, 10) < 18 ? 1 : 0)'
}

missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium fonts-noto-cjk"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc"
command -v spamassassin >/dev/null 2>&1 || missing="$missing spamassassin"
has_node || missing="$missing nodejs npm"
if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    # shellcheck disable=SC2086 # several names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    if has_node && command -v chromium >/dev/null 2>&1 && command -v soffice >/dev/null 2>&1 \
        && command -v spamassassin >/dev/null 2>&1; then
        exit 0
    fi
fi
cat >&2 <<'TEXT'
The tests open our pages in a real browser and our workbooks in LibreOffice, let SpamAssassin look at our letters, and run
the Apps Script project under Node. `chromium`, `soffice`, `spamassassin`, `node` (18 or newer) and `npm` have to be on the PATH.
  Debian, Ubuntu:  sudo apt-get install chromium fonts-noto-cjk libreoffice-calc spamassassin nodejs npm
  Fedora:          sudo dnf install chromium google-noto-sans-cjk-fonts libreoffice-calc spamassassin nodejs npm
  macOS:           brew install --cask chromium libreoffice && brew install node spamassassin
Then run `make test` again.
TEXT
exit 1
