"""What is kept in PostgreSQL: tables, their migrations and monthly partitions, and the archive of calls."""
