"""How the span model is made: data, training, export, measurement. Nothing here runs when a question is asked."""
