"""Style profiles: the limits and the print of one language, audience, kind and client, as data."""
