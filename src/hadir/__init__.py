"""Hadir: the open attendance platform for Indonesian civil servants."""
