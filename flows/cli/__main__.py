"""``python -m flows.cli``: the ``polycue`` command without its script."""

from flows.cli.main import main

main()
