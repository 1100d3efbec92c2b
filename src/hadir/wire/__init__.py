"""Device protocols: bytes in, messages out. Standard library only, no clock, no input or output."""
