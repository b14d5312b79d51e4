# shellcheck shell=bash
# Where the project is: the working directory, or a repository that is cloned first.

# enter_source: clones what is to be cloned, and goes to the directory that holds the project. Reports lie at the top, where
# artifacts are asked for, whichever part of it is tested.
enter_source() {
  local place="${WORKDIR:-$PWD}"
  if [ -n "${REPO_URL:-}" ]; then
    clone_into "$place"
  elif [ -n "${REF:-}" ]; then
    usage_fault "REF is set and REPO_URL is not; set REPO_URL to the repository that has it"
  fi
  [ -d "$place" ] || usage_fault "WORKDIR $place is not a directory; set it to where the project is"
  place="$(cd "$place" && pwd)" || usage_fault "WORKDIR ${WORKDIR:-$PWD} cannot be entered; set it to a directory that this user may use"
  export REPORTS="${REPORT_DIR:-$place}/test-reports" COVERAGE="${REPORT_DIR:-$place}/coverage"
  cd "$place" || return
  if [ -n "${SUBDIR:-}" ]; then
    [ -d "$SUBDIR" ] || usage_fault "SUBDIR $SUBDIR is not a directory in $place; set it to one that is"
    cd "$SUBDIR" || usage_fault "SUBDIR $SUBDIR cannot be entered; set it to a directory that this user may use"
  fi
}

# shown_url: without a password or token that stands in it.
shown_url() {
  sed -E 's#(://)[^/@]*@#\1#' <<<"$REPO_URL"
}

clone_into() {
  local place="$1" code=0
  if [ -e "$place" ] && [ -n "$(ls -A "$place" 2>/dev/null)" ]; then
    usage_fault "$place is not empty, so $(shown_url) cannot be cloned into it; set WORKDIR to a directory that is empty or new"
  fi
  command -v git >/dev/null || usage_fault "REPO_URL is set and this image has no git; use the image fleet-runner-task"
  # Nobody is there to type a password, so a question would hang until the timeout.
  export GIT_TERMINAL_PROMPT=0 GIT_SSH_COMMAND="${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}"
  run_step clone fetch_ref "$place" || code=$?
  if [ "$code" -ne 0 ]; then
    say error "could not get ${REF:-the default branch} of $(shown_url); set REPO_URL and REF to what exists and can be reached from here"
    exit "$code"
  fi
}

# fetch_ref DIRECTORY: a branch, a tag or a commit, and no more of the history than it takes: not every server gives a
# single commit, and not every repository can be shallow.
fetch_ref() {
  local place="$1"
  git init -q --initial-branch=main "$place" || return
  git -C "$place" remote add origin "$REPO_URL"
  if git -C "$place" fetch -q --depth 1 origin "${REF:-HEAD}" 2>/dev/null; then
    git -C "$place" checkout -q --detach FETCH_HEAD
  else
    git -C "$place" fetch -q --tags origin '+refs/heads/*:refs/remotes/origin/*' || return
    if [ -z "${REF:-}" ]; then
      git -C "$place" fetch -q origin HEAD && git -C "$place" checkout -q --detach FETCH_HEAD
    elif git -C "$place" rev-parse -q --verify "origin/$REF^{commit}" >/dev/null; then
      git -C "$place" checkout -q --detach "origin/$REF"
    else
      git -C "$place" checkout -q --detach "$REF"
    fi
  fi || return
  git -C "$place" --no-pager log -1 --format='checked out %H %s' >&2
}
