"""What is stored of people and their sessions: frozen values, each with the moves it may make."""
