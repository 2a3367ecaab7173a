"""Files of young people from another system's table: mapped, tried, then created and changed by the usual verbs."""
