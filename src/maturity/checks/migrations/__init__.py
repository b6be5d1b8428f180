"""Rules for migrations, one a module."""
