#!/bin/sh
# Fleet Runner's command line: this script, and behind it a jar. It finds Java and starts it with the classes as an earlier
# start left them in the cache ("class-data sharing"); FLEET_CDS=off does without.

build=@BUILD@
main=dev.fleetrunner.cli.Main

die() {
  echo "fleet: $1" >&2
  exit 2
}

# This very file, also when it was found in PATH or through a link.
case "$0" in
  */*) file="$0" ;;
  *) file="$(command -v -- "$0")" ;;
esac

if [ -n "${JAVA_HOME:-}" ]; then
  java="$JAVA_HOME/bin/java"
  [ -x "$java" ] || die "JAVA_HOME is $JAVA_HOME, and there is no bin/java in it; set it to a Java 17 or later, or unset it"
else
  java="$(command -v java)" || die "there is no java; install Java 17 or later, or set JAVA_HOME"
fi

# Java reads arguments and the names of files by the locale, and takes the plain one for ASCII.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *[Uu][Tt][Ff]*) ;;
  *)
    if [ -n "${LC_ALL:-}" ]; then export LC_ALL=C.UTF-8; else export LC_CTYPE=C.UTF-8; fi
    ;;
esac

# The version stands in a file beside Java; to ask Java itself would take as long as the command.
version=
home="${JAVA_HOME:-}"
if [ -z "$home" ]; then
  home="$(readlink -f "$java" 2>/dev/null)" || home="$java"
  home="${home%/bin/java}"
fi
if [ -r "$home/release" ]; then
  while IFS='=' read -r name value; do
    if [ "$name" = JAVA_VERSION ]; then
      value="${value#\"}"
      version="${value%%\"*}"
    fi
  done <"$home/release"
fi
if [ -z "$version" ]; then
  version="$("$java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')"
fi
major="${version%%[.+-]*}"
case "$major" in
  '' | *[!0-9]*) ;;
  *) [ "$major" -ge 17 ] || die "$java is Java $version; install Java 17 or later, or set JAVA_HOME to one" ;;
esac

terminals=
columns=0
if [ -t 1 ]; then terminals=1; fi
if [ -t 2 ]; then terminals="${terminals}2"; fi
if [ -n "$terminals" ]; then
  size="$(stty size </dev/tty 2>/dev/null)" && columns="${size#* }"
fi

# What makes a short life short.
options="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -Xlog:disable -Xlog:all=off"

# The service in this process reaches into Java, which wants to be told. It would slow other commands down.
service=
case " $* " in
  *" --local "*)
    service="--add-opens=java.base/java.lang=ALL-UNNAMED"
    if [ "${major:-0}" -ge 22 ] 2>/dev/null; then service="$service --enable-native-access=ALL-UNNAMED"; fi
    ;;
esac

cache="${XDG_CACHE_HOME:-${HOME:-}/.cache}/fleet"
archive="$cache/$build-$version.jsa"
sharing=
if [ "${FLEET_CDS:-}" != off ] && [ -n "$version" ]; then
  if [ -r "$archive" ]; then
    sharing="-XX:SharedArchiveFile=$archive"
  elif [ "${cache#/}" != "$cache" ] && mkdir -p "$cache" 2>/dev/null && mkdir "$archive.lock" 2>/dev/null; then
    # In the background, out of the way of this command's streams and of Ctrl-C.
    (
      trap '' INT HUP
      # shellcheck disable=SC2086 # the options are words
      "$java" $options -XX:ArchiveClassesAtExit="$archive.new" -cp "$file" "${main%.*}.Training" &&
        mv "$archive.new" "$archive"
      rmdir "$archive.lock"
    ) </dev/null >/dev/null 2>&1 &
  fi
fi

# shellcheck disable=SC2086 # the options are words
exec "$java" $options $service ${sharing:+"$sharing"} "-Dcli.terminals=$terminals" "-Dcli.columns=$columns" \
  ${TMPDIR:+"-Djava.io.tmpdir=$TMPDIR"} -cp "$file" "$main" "$@"
