"""Customers' and staff's Chinese: one spelling, exact entities, real dates."""
