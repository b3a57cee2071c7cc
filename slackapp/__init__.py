"""The running program: settings, wiring, transports, delivery, scheduler and command line."""
