"""Prints the version, and where the library is: `python -m reprise`."""

import reprise
from reprise import _library

if __name__ == "__main__":
    print(f"Reprise {reprise.__version__}, library {_library.path()}")
