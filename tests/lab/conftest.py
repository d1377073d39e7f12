import sys
from pathlib import Path

# The lab is no part of the package; its tests find it beside src.
sys.path.insert(0, str(Path(__file__).parents[2]))
