class TroubleError(Exception):
    """What keeps a command from going on, in one sentence a person at the terminal can act on."""
