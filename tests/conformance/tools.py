"""Where `prepare` puts the programs, and how those in JavaScript are asked."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MODULES = Path(sys.prefix) / "node"
NODE = Path(sys.prefix) / "bin/node"


def ask(script, question):
    """Runs a script of this folder: JSON goes in, JSON comes out. What it imports is in `package.json`."""
    told = subprocess.run(
        [NODE, HERE / script], cwd=MODULES, input=json.dumps(question), capture_output=True, text=True, check=False
    )
    if told.returncode:
        raise SystemExit(f"{script}: {told.stderr}")
    return json.loads(told.stdout)


def ask_about(script, paths):
    """Asks a script for its findings on each file."""
    told = ask(script, [str(path) for path in paths])
    return {path: told[str(path)] for path in paths}
