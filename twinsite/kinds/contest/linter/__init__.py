"""The linter: finds where the free texts of a contest say another date, age, number or amount than its fields."""
