"""Shouhou 售后助手: agent assist, customer bot and practice for after-sales service."""
