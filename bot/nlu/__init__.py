"""Rasa graph components that understand the shop's customers."""
