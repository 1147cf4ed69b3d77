"""The program: `zorgdruk`, or `python -m zorgdruk`."""

import signal
import sys

from zorgdruk import _zorgdruk


def main() -> int:
    """Runs the program with the arguments of the process."""
    # The program listens to Ctrl-C itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _zorgdruk.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
