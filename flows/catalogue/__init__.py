"""Many titles: read from a folder, a manifest, or a folder that is watched."""
