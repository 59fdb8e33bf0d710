"""Logging in through a team's own identity provider (OpenID Connect, code flow with PKCE)."""
