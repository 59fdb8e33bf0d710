"""The ``polycue`` command: each command's work is imported only when it is called."""
