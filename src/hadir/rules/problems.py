class InvalidDocument(Exception):  # noqa: N818 - named for what it says about the document, like the house's refusals
    """A policy, shift or judge document that cannot be taken, with the place and the value that are wrong."""

    def __init__(self, path: str, value: object, message: str) -> None:
        super().__init__(f"{path or 'document'}: {message}: {value!r}")
        self.path = path
        self.value = value
        self.message = message
