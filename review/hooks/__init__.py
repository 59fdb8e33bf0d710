"""Webhooks: telling other programs what happened in review."""
