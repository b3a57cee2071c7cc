"""What every part of the program uses: its settings, clocks, logs, figures and errors."""
