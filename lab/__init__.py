"""Training and measuring the English reader; not part of the wheel."""
