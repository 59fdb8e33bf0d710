"""Style limits as data: one TOML file per language, `base.toml` for every other one."""
