"""The reviewer web form: pages, a small JSON interface for them, and their server."""
