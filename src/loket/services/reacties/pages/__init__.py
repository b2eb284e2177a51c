"""The pages of the resident: the home page, the form in steps, and the page that follows a reactie."""
