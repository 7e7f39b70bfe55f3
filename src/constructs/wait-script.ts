import { WEIGHTS_MARKER } from './weights-marker.js';

/**
 * Python of the init container: waits until the marker of exactly this folder is there and every file that it names has
 * its size, and says what it waits for. Arguments: the folder, and the longest wait in seconds.
 */
export const WAIT_SCRIPT = `\
"""Waits until the weights are complete."""
import json, sys, time
from pathlib import Path

folder, longest_seconds = Path(sys.argv[1]), int(sys.argv[2])


def missing():
    marker = folder / "${WEIGHTS_MARKER}"
    try:
        files = json.loads(marker.read_text())["files"]
    except FileNotFoundError:
        return f"{marker} is not there: the download Job has not finished"
    for name, size in files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            return f"{path} is missing or incomplete: the download Job must run again"
    return None


started, said = time.monotonic(), 0.0
while reason := missing():
    now = time.monotonic()
    if now - started > longest_seconds:
        sys.exit(f"gave up after {longest_seconds} s: {reason}")
    if said == 0.0 or now - said > 60:
        print(f"waiting: {reason}", flush=True)
        said = now
    time.sleep(5)
print(f"the weights in {folder} are complete", flush=True)
`;
