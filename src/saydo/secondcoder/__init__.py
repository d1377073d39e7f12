"""Other people's data sets of events as a second coder: reading their files, and matching them with a case's
events. Pure but for the files it reads."""
