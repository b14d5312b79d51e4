"""Turns what stable `cargo test` prints into JUnit XML: standard input to standard output.

Both streams must be in it: cargo names the programs on one, and their tests tell the outcomes on the other.
"""

import re
import sys

import junit

PROGRAM = re.compile(r"^\s*Running (?:unittests )?(\S+)(?: \(.*\))?$")
DOCUMENTATION = re.compile(r"^\s*Doc-tests (\S+)$")
OUTCOME = re.compile(r"^test (.+?)(?: - should panic| - compile(?: fail)?)? \.\.\. (ok|FAILED|ignored)(?:, (.*))?$")
BEGUN = re.compile(r"^test (.+?) \.\.\. ")
LATE = re.compile(r"(ok|FAILED|ignored)$")
RUNNING = re.compile(r"^running \d+ tests?$")
FINISHED = re.compile(r"^test result: .* finished in ([0-9.]+)s$")
FAILURE = re.compile(r"^---- (.+?)(?: stdout| stderr)? ----$")
PANIC = re.compile(r"^thread '.*' (?:\(\d+\) )?panicked at (.+)$")
OUTCOMES = {"ok": "passed", "FAILED": "failed", "ignored": "skipped"}


def parse(lines):
    suites = [junit.Suite("cargo test")]
    details = {}
    failing = pending = running = None
    errors = []
    for line in lines:
        suite = suites[-1]
        program = PROGRAM.match(line) or DOCUMENTATION.match(line)
        outcome = OUTCOME.match(line)
        if program:
            cut_off(suite, running, pending)
            running = None
            suites.append(junit.Suite(program.group(1)))
            details, failing, pending = {}, None, None
        elif finished := FINISHED.match(line):
            suite.seconds = float(finished.group(1))
            explain(suite, details)
            failing = running = None
        elif RUNNING.match(line):
            running = []
        elif failure := FAILURE.match(line):
            failing = failure.group(1)
            details[failing] = []
        elif failing is not None and line != "failures:":
            details[failing].append(line)
        elif line == "failures:":
            failing = None
        elif outcome:
            name, word, reason = outcome.groups()
            suite.cases.append(junit.Case(name, OUTCOMES[word], reason or ""))
        elif begun := BEGUN.match(line):
            # Something that was not captured got between the name and the outcome.
            pending = begun.group(1)
        elif pending and (late := LATE.search(line)):
            suite.cases.append(junit.Case(pending, OUTCOMES[late.group(1)]))
            pending = None
        elif line.startswith("error"):
            errors.append(line)
            if running is not None:
                running.append(line)
        elif running is not None and line.strip():
            running.append(line)
        elif errors and not any(suite.cases for suite in suites):
            errors.append(line)
    cut_off(suites[-1], running, pending)
    if errors and not any(suite.cases for suite in suites):
        # Nothing ran: what is to be read is why it does not compile.
        suites[0].cases.append(junit.Case("cargo test", "failed", errors[0], "\n".join(errors)))
    return [suite for suite in suites if suite.cases]


def cut_off(suite, running, pending):
    """A program that was ended before it told how its tests came out: by a signal, or because it aborted."""
    if running is not None:
        words = "the program ended before its tests did"
        suite.cases.append(junit.Case(pending or suite.name, "failed", words, "\n".join([words, *running])))


def explain(suite, details):
    for case in suite.cases:
        if case.outcome == "failed":
            lines = details.get(case.name, [])
            case.details = "\n".join(lines).strip()
            case.message = message(lines)


def message(lines):
    """What the panic says: since Rust 1.73 on the lines after its place, before on the same line."""
    for number, line in enumerate(lines):
        if panic := PANIC.match(line):
            said = []
            for following in lines[number + 1 :]:
                if following.startswith("note: ") or following.startswith("stack backtrace:") or not following.strip():
                    break
                said.append(following)
            return "\n".join(said) or panic.group(1)
    return next((line for line in lines if line.strip()), "")


if __name__ == "__main__":
    junit.write(parse(junit.read_lines()))
    sys.exit(0)
