"""What goes beyond one talk: mentorships and their search, cohorts, growth plans, second opinions."""
