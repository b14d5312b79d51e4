"""Writing JUnit XML, for test programs that cannot do it themselves."""

import re
import sys
from dataclasses import dataclass, field
from xml.etree import ElementTree

# What XML 1.0 cannot hold, whatever the escaping (https://www.w3.org/TR/xml/#charsets).
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", COLOURS.sub("", text))


@dataclass
class Case:
    name: str
    outcome: str = "passed"  # or failed, skipped
    message: str = ""
    details: str = ""


@dataclass
class Suite:
    name: str
    seconds: float = 0.0
    cases: list = field(default_factory=list)


def read_lines():
    """Standard input, line by line; bytes that are no UTF-8 become question marks."""
    for line in sys.stdin.buffer:
        yield clean(line.decode("utf-8", "replace")).rstrip("\r\n")


def write(suites):
    root = ElementTree.Element("testsuites")
    for suite in suites:
        failed = sum(case.outcome == "failed" for case in suite.cases)
        skipped = sum(case.outcome == "skipped" for case in suite.cases)
        element = ElementTree.SubElement(
            root,
            "testsuite",
            name=suite.name,
            tests=str(len(suite.cases)),
            failures=str(failed),
            errors="0",
            skipped=str(skipped),
            time=f"{suite.seconds:.3f}",
        )
        for case in suite.cases:
            add(element, suite, case)
    ElementTree.indent(root)
    sys.stdout.buffer.write(ElementTree.tostring(root, "utf-8", xml_declaration=True))
    sys.stdout.buffer.write(b"\n")


def add(element, suite, case):
    test = ElementTree.SubElement(element, "testcase", classname=suite.name, name=case.name)
    if case.outcome == "failed":
        ElementTree.SubElement(test, "failure", message=case.message).text = case.details
    elif case.outcome == "skipped":
        ElementTree.SubElement(test, "skipped", message=case.message)
