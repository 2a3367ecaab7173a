"""Papers that records carry: who reads and who adds them is said by each record's `DOCUMENTS`."""
