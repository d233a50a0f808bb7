"""The peer of bench_clean: reads the files named in its arguments, then for each line on standard input extracts the main
content of all of them once and answers with the seconds that took.  Prints "missing" where resiliparse is not installed."""
import sys
import time

try:
    from resiliparse.extract.html2text import extract_plain_text
except ImportError:
    print("missing", flush=True)
    sys.exit()

pages = [open(name, "rb").read() for name in sys.stdin.readline().rstrip("\n").split("\t")]
print("ready", flush=True)
for _ in sys.stdin:
    begin = time.perf_counter()
    for page in pages:
        extract_plain_text(page.decode("utf-8", "replace"), main_content=True)
    print(time.perf_counter() - begin, flush=True)
