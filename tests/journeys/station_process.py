"""A station's process that runs one verb after another, so that a journey imports the program once a station.

Each verb opens and closes the store as a command does. One line of JSON in, one line out.
"""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from window_app.cli import main


def run(arguments: list[str]) -> dict[str, object]:
    """Run one verb and return what it said and how it ended."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
