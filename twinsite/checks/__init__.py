"""Checks: the finished pages of the whole site are looked at as a visitor's browser would. Touches nothing."""
