"""`waymark people import`: a list of people, however it was written."""
