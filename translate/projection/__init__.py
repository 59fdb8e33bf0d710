"""Translated sentences back into cues."""
