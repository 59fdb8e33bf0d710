"""The stages as plain functions over the artifact store; they know nothing of Prefect."""
