"""Google Speech and Text-to-Speech."""
