"""The engines behind the Translator port, each third party in its own adapter."""
