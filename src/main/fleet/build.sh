#!/usr/bin/env bash
# Puts the stub in front of the jar: a zip is read from its end, so the whole is a program and a jar.
#
# Usage: build.sh JAR FILE     the jar is gone then: it is in the file
set -euo pipefail

jar="$1"
file="$2"
build="$(sha256sum "$jar" 2>/dev/null || shasum -a 256 "$jar")"
sed "s/@BUILD@/${build:0:16}/" "$(dirname "${BASH_SOURCE[0]}")/stub.sh" >"$file.new"
cat "$jar" >>"$file.new"
chmod 755 "$file.new"
mv "$file.new" "$file"
rm "$jar"
