"""Hadir: the open attendance platform for Indonesian civil servants."""

VERSION = "0.1.0"
