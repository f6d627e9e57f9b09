"""The pages in a real browser: `make test-web`. Not part of a plain run of the tests.

Pages are found by following links from the first, and held against the routes of the application: a page that is added
is tested without a word here. Needs Chromium (/usr/bin/chromium, or what CHROMIUM names) and the built files of `web/`.
"""
