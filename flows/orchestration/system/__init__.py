"""A whole local system: Prefect server, worker, dispatcher and form, started and stopped as one."""
