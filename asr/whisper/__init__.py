"""faster-whisper: recognition and speech translation."""
