"""Conversations on records: who reads and who writes is said by each record's `THREAD`."""
