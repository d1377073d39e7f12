from hypothesis import settings

# How long an example takes says nothing of whether it is right, and machines are noisy.
settings.register_profile("saydo", deadline=None)
settings.load_profile("saydo")
