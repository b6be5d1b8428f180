#!/bin/sh
# Makes sure that the programs which the suite drives are there: Chromium, LibreOffice Calc, pdftotext, Java.
# On Debian as root it installs what is missing; elsewhere it names it and fails.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 # the names are words of ours
  apt-get install -y -qq --no-install-recommends $missing fonts-dejavu-core fonts-liberation >/dev/null
  exit 0
fi
echo "The tests need these programs:$missing" >&2
echo "Install them with your system's package manager, then run make test again." >&2
exit 1
