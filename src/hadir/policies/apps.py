from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """The room of policies, what they are bound to, and who is in scope from when."""

    name = "hadir.policies"
    label = "policies"
