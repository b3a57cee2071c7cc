"""Who is asked first, by what people declare."""
