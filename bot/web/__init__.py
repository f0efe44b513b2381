"""The doors that are reached over HTTP: interface, page, and the endpoint for Rasa's actions."""
