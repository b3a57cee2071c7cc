"""manifest.yml: read, checked, exported, kept up with."""
