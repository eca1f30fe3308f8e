"""Link: valid records become a site. References both ways, addresses, lists, terms, states at ``now``. Touches
nothing.
"""
