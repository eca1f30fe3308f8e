"""The commands, a module for each family; they call rooms and print. Heavy rooms are imported inside the functions."""
