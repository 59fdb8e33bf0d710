"""The one home of Prefect: flows, their tasks, and the system they run in."""
