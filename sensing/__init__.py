"""What a text needs: safety, privacy, and which kind of help fits. Pure."""
