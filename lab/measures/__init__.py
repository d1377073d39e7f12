"""How good each head of the reader is: one module for each task, one function for each measure."""
