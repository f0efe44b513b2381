"""Rasa's way to the reception: each action reads the tracker, asks once, and utters the answer."""
