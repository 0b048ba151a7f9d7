"""The findings as SARIF, held against Microsoft's validator: the schema of the standard, and what it says in words.

    sarif.py PROGRAM
"""

import json
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import plant
import tools
import verdict

ROOT = tools.HERE.parent.parent
MULTITOOL = tools.MODULES / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"

# What the validator may say, and why.
EXCEPTIONS = {"SARIF2005": "it wants an address of the program, which has none yet"}

# What is planted, and the rule by which it must be found.
FAULTS = [
    ("a finding without its message", r'"message":', '"massage":', "JSON1"),
    ("a replacement without its region", r'"deletedRegion"', '"deletedReason"', "JSON1"),
    ("a replacement without its text", r'"insertedContent"', '"inserted"', "JSON1005"),
    ("a rule that is not in the list", r'"ruleIndex": \d+', '"ruleIndex": 7000', "SARIF10"),
    ("a line that is none", r'"startLine": \d+', '"startLine": 0', "JSON1008"),
    ("a path with a space", r'"uri": "', '"uri": "a b/', "SARIF1002"),
    ("another version", r'"version": "2.1.0"', '"version": "2.0"', "JSON1019"),
]


def check(text):
    """Lists what the validator finds in one log."""
    with tempfile.TemporaryDirectory() as folder:
        log, report = Path(folder) / "log.sarif", Path(folder) / "report.sarif"
        log.write_text(text, encoding="utf-8")
        environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        command = [MULTITOOL, "validate", log, "--output", report]
        told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if not report.is_file():
            return [f"the validator gave no report: {told.stdout[-300:]} {told.stderr[-300:]}"]
        results = json.loads(report.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    said = [f"{result.get('ruleId')}: {json.dumps(result['message'])}" for result in results]
    return [line for line in said if line.split(":")[0] not in EXCEPTIONS]


def main():
    program = Path(sys.argv[1])
    MULTITOOL.chmod(MULTITOOL.stat().st_mode | stat.S_IXUSR)
    folder = ROOT / "tests/desk/contradictions"
    command = [program, "check", folder.relative_to(ROOT), "--message-format", "sarif"]
    log = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    fixes = sum(len(result.get("fixes", [])) for result in json.loads(log)["runs"][0]["results"])
    verdict.clean("the log has ready cures", [] if fixes else ["there is no `fixes` in it"])
    verdict.clean("the log follows SARIF 2.1.0", check(log))
    plant.hold(log, FAULTS, check)
    verdict.end()


if __name__ == "__main__":
    main()
