"""Subtitle file formats, one module each, behind the `SubtitleFormat` port."""
