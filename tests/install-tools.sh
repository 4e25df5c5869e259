#!/bin/sh
# Install the system programs that tests need beside Python: a browser. Says what to do where it may not.
set -eu

if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
    exit 0
fi
cat >&2 <<'TEXT'
The tests open our pages in a real browser, and there is no `chromium` on the PATH.
  Debian, Ubuntu:  sudo apt-get install chromium fonts-noto-cjk
  Fedora:          sudo dnf install chromium google-noto-sans-cjk-fonts
  macOS:           brew install --cask chromium
Then run `make test` again.
TEXT
exit 1
