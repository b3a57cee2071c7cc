"""What people's own words say: numbers, moments, options, promises, and the same words said back. Pure."""
