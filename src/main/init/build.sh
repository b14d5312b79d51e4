#!/usr/bin/env bash
# Compiles fleet-init, the first process of every task's container, as one static Linux executable.
#
# Usage: build.sh OUTDIR     writes OUTDIR/fleet-init-linux-<x86_64|aarch64>; does nothing when that is up to date
#
# CC                 another C compiler, for example CC="zig cc -target x86_64-linux-musl" to build on a Mac
# FLEET_INIT_ARCH    the name of the architecture that such a compiler builds for
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source_files=("$here"/*.c)

refuse() {
  printf 'fleet-init: %s\n' "$@" >&2
  exit 1
}

[ $# -eq 1 ] || refuse "usage: build.sh OUTDIR"
outdir="$1"

arch="${FLEET_INIT_ARCH:-$(uname -m)}"
case "$arch" in
  amd64) arch=x86_64 ;;
  arm64) arch=aarch64 ;;
esac
output="$outdir/fleet-init-linux-$arch"

stale=0
for source_file in "${source_files[@]}" "${BASH_SOURCE[0]}"; do
  [ "$output" -nt "$source_file" ] || stale=1
done
[ "$stale" -eq 1 ] || exit 0

# CC may hold options of its own.
read -r -a compiler <<<"${CC:-cc}"
command -v "${compiler[0]}" >/dev/null || refuse \
  "no C compiler (${compiler[0]}) is here." \
  "On Debian and Ubuntu: apt-get install --no-install-recommends gcc libc6-dev" \
  "On Fedora: dnf install gcc glibc-static; on Alpine: apk add gcc musl-dev"
if [ "$(uname -s)" != Linux ] && [ -z "${CC:-}" ]; then
  refuse "containers need a Linux executable and this is $(uname -s)." \
    "Name a compiler that builds for Linux: CC=\"zig cc -target $arch-linux-musl\" ./mvnw package"
fi

mkdir -p "$outdir"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

echo 'int main(void) { return 0; }' >"$work/probe.c"
"${compiler[@]}" -static -o "$work/probe" "$work/probe.c" 2>"$work/probe.log" || refuse \
  "${compiler[*]} cannot link a static program; is the static C library installed?" \
  "On Debian and Ubuntu: apt-get install --no-install-recommends libc6-dev" \
  "On Fedora: dnf install glibc-static; on Alpine: apk add musl-dev" \
  "$(tail -n 3 "$work/probe.log")"

"${compiler[@]}" -std=c11 -Wall -Wextra -Werror -Os -static -s -o "$work/fleet-init" "${source_files[@]}"
# A rename, so that nobody ever reads half an executable.
mv "$work/fleet-init" "$output.new"
mv "$output.new" "$output"
