"""unpack_sources.py FOLDER: replaces the one vLLM wheel in FOLDER by its Python sources and package metadata."""

import pathlib
import re
import sys
import zipfile

# Before 0.29 the platform is taken from the version's suffix, later from a variable.
SUFFIX_NEEDED_BEFORE = (0, 29)

folder = pathlib.Path(sys.argv[1])
(wheel,) = folder.glob("vllm-*.whl")
with zipfile.ZipFile(wheel) as archive:
    wanted = [name for name in archive.namelist() if name.endswith(".py") or ".dist-info/" in name]
    archive.extractall(folder, wanted)
(folder / "wheel.txt").write_text("%s %d\n" % (wheel.name, wheel.stat().st_size))
wheel.unlink()

version = wheel.name.split("-")[1]
if tuple(map(int, version.split(".")[:2])) < SUFFIX_NEEDED_BEFORE:
    (metadata,) = folder.glob("vllm-*.dist-info/METADATA")
    text = metadata.read_text()
    metadata.write_text(re.sub(r"(?m)^Version: \S+$", "Version: %s+cpu" % version, text, count=1))
