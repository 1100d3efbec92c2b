"""What `hadir demo` shows: two made-up governments, their people and two months of their days."""

from hadir.cli.demo_data.loading import SignIn, load

__all__ = ["SignIn", "load"]
