"""What a folder that is handed to others shows of the duties: copies, notices, credits, and notes of changes."""
