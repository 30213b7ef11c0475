"""Pages per second of the policy parser; a page is 600 characters of source text.

Run: python engines/bench/policy_documents.py [DIR]   (default: the invented test documents)
"""

import sys
import time
from pathlib import Path

ENGINES = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ENGINES))

from silian_engines.policy_documents.as_json import document_data  # noqa: E402
from silian_engines.policy_documents.parsing import parse_policy  # noqa: E402

PAGE = 600
SECONDS = 1.0
INVENTED = ENGINES / "tests" / "policy_documents" / "documents"


def pages_per_second(text: str, name: str) -> float:
    """Parse one document again and again for a second of processor time, output included."""
    runs, started = 0, time.process_time()
    while time.process_time() - started < SECONDS:
        document_data(document=parse_policy(text=text, file_name=name))
        runs += 1
    return runs * len(text) / PAGE / (time.process_time() - started)


def main() -> None:
    """Print one row per document and the slowest."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else INVENTED
    print(f"{'document':32}{'pages':>8}{'pages/s/core':>14}")
    speeds = []
    for path in sorted(directory.iterdir()):
        if path.suffix not in (".txt", ".md"):
            continue
        text = path.read_text(encoding="utf-8")
        speeds.append(pages_per_second(text, path.name))
        print(f"{path.name:32}{len(text) / PAGE:8.1f}{speeds[-1]:14.0f}")
    print(f"{'slowest':32}{'':8}{min(speeds):14.0f}")


if __name__ == "__main__":
    main()
