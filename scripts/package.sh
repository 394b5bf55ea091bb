#!/usr/bin/env bash
# package.sh: a Debian package of everything, dist/fengsui_VERSION_ARCH.deb, and dist/offline/ with what it depends on
# and install.sh, for a machine without a network. Swift's own library is linked in: the machine needs no Swift.
# OFFLINE=no leaves the second out.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '==> %s\n' "$*"; }
version=$(cat VERSION)+$(git rev-list --count HEAD 2>/dev/null || echo 0)
architecture=$(dpkg --print-architecture)

say "准备环境"
scripts/setup.sh
command -v dpkg-shlibdeps >/dev/null || { apt-get install -y -qq --no-install-recommends dpkg-dev; }

say "编译(release,约十分钟)"
swift build -c release --product fengsui --static-swift-stdlib --scratch-path .build-package
built=$(swift build -c release --product fengsui --static-swift-stdlib --scratch-path .build-package --show-bin-path)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
install -d "$root/usr/bin" "$root/usr/lib/fengsui" "$root/usr/share/fengsui" "$root/usr/share/doc/fengsui" \
  "$root/etc/fengsui" "$root/lib/systemd/system" "$root/DEBIAN"
# Resources are looked for beside the program itself.
install -m 0755 "$built/fengsui" "$root/usr/lib/fengsui/fengsui"
strip --strip-debug "$root/usr/lib/fengsui/fengsui"
cp -r "$built/fengsui_Web.resources" "$root/usr/lib/fengsui/"
ln -s ../lib/fengsui/fengsui "$root/usr/bin/fengsui"
cp -r "${FENGSUI_ASSETS:-assets}" "$root/usr/share/fengsui/assets"
cp LICENSE README.zh-CN.md README.md "$root/usr/share/doc/fengsui/"
cp docs/operations.zh-CN.md docs/security.md "$root/usr/share/doc/fengsui/"
cp -r docs/guides "$root/usr/share/doc/fengsui/guides"
install -m 0640 packaging/fengsui.conf "$root/etc/fengsui/fengsui.conf"
install -m 0644 packaging/fengsui.service "$root/lib/systemd/system/fengsui.service"
install -m 0755 packaging/postinst packaging/prerm packaging/postrm "$root/DEBIAN/"
echo /etc/fengsui/fengsui.conf >"$root/DEBIAN/conffiles"
chmod -R go+rX,go-w "$root/usr" "$root/lib"

say "依赖"
mkdir -p "$work/debian"
printf 'Source: fengsui\n\nPackage: fengsui\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O root/usr/lib/fengsui/fengsui 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { echo "dpkg-shlibdeps 没有给出依赖" >&2; exit 1; }
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@DEPENDS@/$depends/" \
  -e "s/@SIZE@/$(du -sk "$root" | cut -f1)/" packaging/control.in >"$root/DEBIAN/control"
(cd "$root" && find usr lib etc -type f -exec md5sum {} + >DEBIAN/md5sums)

mkdir -p dist
deb=dist/fengsui_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$root" "$deb" >/dev/null
say "$deb($(du -h "$deb" | cut -f1))"
dpkg-deb --field "$deb" Depends

[ "${OFFLINE:-yes}" = yes ] || exit 0
say "离线安装用的依赖包"
rm -rf dist/offline
mkdir -p dist/offline
cp "$deb" dist/offline/
names=$(printf '%s' "$depends, adduser" | tr ',' '\n' | sed -e 's/(.*//' -e 's/|.*//' -e 's/ //g')
closure=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
  --no-enhances $names | grep -E '^[a-z0-9]' | sort -u)
(cd dist/offline && for package in $closure; do apt-get download -qq "$package" 2>/dev/null || true; done)
cat >dist/offline/install.sh <<'I'
#!/bin/sh
# 在没有网络的 Debian 12 上安装烽燧:已装的依赖不动,缺的从本目录装。
set -e
cd "$(dirname "$0")"
[ "$(id -u)" = 0 ] || { echo "请用 root 运行" >&2; exit 1; }
apt-get install -y --no-install-recommends --no-download -o Dir::Etc::sourcelist=/dev/null \
  -o Dir::Etc::sourceparts=/dev/null ./fengsui_*.deb 2>/dev/null && exit 0
missing=
for file in ./*.deb; do
  name=$(dpkg-deb --field "$file" Package)
  dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' && [ "$name" != fengsui ] && continue
  missing="$missing $file"
done
dpkg --install $missing
I
chmod +x dist/offline/install.sh
say "dist/offline($(ls dist/offline/*.deb | wc -l) 个包,$(du -sh dist/offline | cut -f1)):整个目录拷到目标机,运行 install.sh"
