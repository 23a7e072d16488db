"""Run the command line as `python -m window_app.cli`."""

from window_app.cli import main

raise SystemExit(main())
