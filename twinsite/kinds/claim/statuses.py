"""What may have been found of a claim."""

STATUSES = ("investigating", "true", "partly_true", "unproven", "false", "withdrawn")
"""What has been found of a claim, in the order in which lists show them: what is not settled and what asks people to
act comes first.
"""
