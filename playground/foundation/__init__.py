"""What all of the stand-in uses: its clocks, its refusals, what is kept on disk, who is told."""
