import sys

from hadir.cli.verbs import main

sys.exit(main(sys.argv[1:]))
