"""`python -m rectify_tui` is `rectify`."""

from rectify_tui.cli.start import main

if __name__ == "__main__":
    main()
