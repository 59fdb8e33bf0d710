"""Words to cues and text to rows: where to cut."""
