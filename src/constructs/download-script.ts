import { WEIGHTS_MARKER } from './weights-marker.js';

/** Exit code for what no retry cures: the Job fails at once instead of trying again. */
export const HOPELESS_EXIT_CODE = 64;

/**
 * Python that the download Job runs in the engine's own image. Idempotent: a folder whose marker names this request and
 * whose files have their sizes ends it at once; anything else is resumed where it stopped, then verified, then marked.
 */
export const DOWNLOAD_SCRIPT = `\
"""Downloads one revision of a model into a folder, verifies it, marks it complete."""
import argparse, fcntl, fnmatch, json, os, shutil, struct, sys, threading, time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--hub", choices=["huggingface", "modelscope"], required=True)
parser.add_argument("--repository", required=True)
parser.add_argument("--revision")
parser.add_argument("--folder", type=Path, required=True)
parser.add_argument("--token-file", type=Path)
parser.add_argument("--exclude", nargs="*", default=[])
parser.add_argument("--exclude-beside-safetensors", nargs="*", default=[])
args = parser.parse_args()

MARKER = args.folder / "${WEIGHTS_MARKER}"
REQUEST = {
    "hub": args.hub, "repository": args.repository, "revision": args.revision,
    "exclude": args.exclude, "besideSafetensors": args.exclude_beside_safetensors,
}


def say(text):
    print(time.strftime("%H:%M:%S"), text, flush=True)


def gib(count):
    return f"{count / 2**30:.1f} GiB"


def give_up(text):
    say(text)
    sys.exit(${HOPELESS_EXIT_CODE})


def matches(name, patterns):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def modelscope():
    try:
        from modelscope.hub.api import HubApi
        from modelscope.hub.snapshot_download import snapshot_download
    except ImportError:
        give_up("this image lacks the package modelscope: use another source of the weights")
    api = HubApi()
    if args.token_file:
        api.login(args.token_file.read_text().strip())
    version = {"revision": args.revision} if args.revision else {}
    listed = api.get_model_files(args.repository, recursive=True, **version)
    # Versions of the client differ in the case of these keys.
    entries = [{key.lower(): value for key, value in entry.items()} for entry in listed]
    files = {entry["path"]: entry.get("size") for entry in entries if entry.get("type") != "tree"}
    fetch = lambda ignored: snapshot_download(
        args.repository, local_dir=str(args.folder), ignore_patterns=ignored, **version)
    return args.revision, files, fetch


def huggingface():
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError
    try:
        info = HfApi().model_info(args.repository, revision=args.revision, files_metadata=True)
    except GatedRepoError:
        give_up(f"{args.repository} is gated: accept its licence with the account whose token is used")
    except RepositoryNotFoundError:
        give_up(f"no repository {args.repository} for this token (or none without a token)")
    except RevisionNotFoundError:
        give_up(f"{args.repository} has no revision {args.revision}")
    files = {file.rfilename: file.size for file in info.siblings}
    fetch = lambda ignored: snapshot_download(
        args.repository, revision=info.sha, local_dir=args.folder, ignore_patterns=ignored)
    return info.sha, files, fetch


def ignored_patterns(names):
    plain = [n for n in names if n.endswith(".safetensors")
             and not matches(n, args.exclude + args.exclude_beside_safetensors)]
    return args.exclude + (args.exclude_beside_safetensors if plain else [])


def safetensors_size(path):
    """The size that the file's own header promises; -1 where the header itself is cut."""
    try:
        with open(path, "rb") as file:
            header_size = struct.unpack("<Q", file.read(8))[0]
            header = json.loads(file.read(header_size))
    except (struct.error, ValueError):
        return -1
    ends = [entry["data_offsets"][1] for key, entry in header.items() if key != "__metadata__"]
    return 8 + header_size + max(ends, default=0)


def problem(name, size, files):
    path = args.folder / name
    if not path.is_file():
        return "is missing"
    found = path.stat().st_size
    if size is not None and found != size:
        return f"has {found} bytes, expected {size}"
    if name.endswith(".safetensors") and found != safetensors_size(path):
        return "is not as long as its header says"
    if name.endswith(".safetensors.index.json"):
        folder = os.path.dirname(name)
        shards = set(json.loads(path.read_text())["weight_map"].values())
        absent = sorted(shard for shard in shards if os.path.join(folder, shard) not in files)
        if absent:
            return f"names {', '.join(absent)}, not among the files"
    return None


def problems(files):
    found = {name: problem(name, size, files) for name, size in sorted(files.items())}
    return {name: text for name, text in found.items() if text}


def discard(broken):
    """The client takes a file that it fetched once for good, whatever became of it."""
    for name in broken:
        (args.folder / name).unlink(missing_ok=True)


def present_bytes():
    return sum(path.stat().st_size for path in args.folder.rglob("*") if path.is_file())


def report(total):
    while True:
        time.sleep(60)
        try:
            say(f"{gib(present_bytes())} of {gib(total)}")
        except OSError:
            pass  # a file was renamed while it was counted


args.folder.mkdir(parents=True, exist_ok=True)
lock = open(args.folder / ".berth-lock", "w")
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    say("another download writes into this folder: waiting for it")
    fcntl.flock(lock, fcntl.LOCK_EX)
except OSError as error:
    say(f"the volume knows no locks ({error}): going on without")

if MARKER.is_file():
    done = json.loads(MARKER.read_text())
    broken = problems(done["files"])
    if done["request"] == REQUEST and not broken:
        say(f"complete: {args.repository} {done['commit']}, {len(done['files'])} files")
        sys.exit(0)
    for name, text in broken.items():
        say(f"{name} {text}")
    if broken:
        MARKER.unlink()

commit, listed, fetch = modelscope() if args.hub == "modelscope" else huggingface()
ignored = ignored_patterns(listed)
files = {name: size for name, size in listed.items() if not matches(name, ignored)}
discard(problems(files))
total = sum(size or 0 for size in files.values())
missing = total - present_bytes()
free = shutil.disk_usage(args.folder).free
if missing > free:
    give_up(f"{gib(missing)} are still to come and the volume has {gib(free)} left: enlarge the volume")
say(f"{args.repository} {commit}: {len(files)} of {len(listed)} files, {gib(total)}")
threading.Thread(target=report, args=[total], daemon=True).start()
fetch(ignored)

broken = problems(files)
if broken:
    discard(broken)
    sys.exit("\\n".join(f"{name} {text}" for name, text in broken.items()))
sizes = {name: (args.folder / name).stat().st_size for name in files}
text = json.dumps({"request": REQUEST, "commit": commit, "files": sizes}, indent=1)
temporary = MARKER.with_suffix(".new")
with open(temporary, "w") as file:
    file.write(text)
    file.flush()
    os.fsync(file.fileno())
os.replace(temporary, MARKER)
say(f"complete: {args.repository} {commit}, {len(files)} files, {gib(total)}")
`;
