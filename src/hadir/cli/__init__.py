"""The command line: one module for each verb, listed in `hadir.cli.verbs`."""
