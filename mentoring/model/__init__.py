"""What is stored of people and their talks: frozen values, each with the moves it may make."""
