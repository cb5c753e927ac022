#!/usr/bin/env python3
"""Set up, run, test, measure and build ASN Desk from a plain checkout, with nothing but Python 3.11 or newer.

    python3 dev.py run            the program on the sample office (without a screen: its letters and pictures)
    python3 dev.py test           every check and every test
    python3 dev.py shots          a picture of every screen, in out/shots
    python3 dev.py bench [AREA]   the measurements of bench/
    python3 dev.py scans          read a pile of ill-treated scans and compare with the truth (--pages N, --kills N)
    python3 dev.py torture        kill the program at random moments and look what is lost (--kills N, --seed N)
    python3 dev.py fuzz           give hostile files to every reader (--inputs N, --seed N, --readers a,b)
    python3 dev.py fidelity       our PDF beside LibreOffice's of the same letters, where it is installed; pictures in out/fidelity
    python3 dev.py build          the program as one folder, in dist/, tried out afterwards
    python3 dev.py lock           choose newest allowed versions again (needs uv or pip-tools)

What follows the verb is passed on. The first call sets up `.venv`; later calls see that it is ready.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"
SYSTEM_PACKAGES = ROOT / "packaging" / "apt-packages.txt"
READY = VENV / "ready.txt"
OUT = ROOT / "out"
LOGS = OUT / "logs"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST = (3, 11)
UNWANTED_ENVIRONMENT = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")

if sys.version_info < OLDEST:  # before anything that an older Python cannot read
    sys.exit(
        "ASN Desk needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Call dev.py with a newer one."
    )


# --- starting other programs ---------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def environment(**more: str) -> dict[str, str]:
    """Return the environment for our own processes: nothing that changes Python's behaviour, UTF-8 everywhere."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED_ENVIRONMENT}
    if not WINDOWS and not any("UTF-8" in kept.get(name, "").upper() for name in ("LC_ALL", "LC_CTYPE", "LANG")):
        kept["LC_ALL"] = "C.UTF-8"  # Qt warns about every other encoding, and a warning fails a test
    return {**kept, "PYTHONUTF8": "1", **more}


def without_screen(**more: str) -> dict[str, str]:
    """Return an environment in which Qt paints into memory and needs no session of a logged-in user."""
    OUT.mkdir(exist_ok=True)
    runtime = OUT / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return environment(**{"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(runtime), **more})


def start(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run one command from the project's folder, its output going where ours goes; return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=env or environment(), check=False).returncode


def quietly(name: str, command: list[str], *, added: dict[str, str] | None = None) -> bool:
    """Run one command with its output in out/logs/NAME.log; on failure show the last lines. Return whether it worked."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name}.log"
    with log.open("w", encoding="utf-8") as file:
        file.write(" ".join(command) + "\n")
        file.flush()
        done = subprocess.run(
            command, cwd=ROOT, env=environment(**(added or {})), stdout=file, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]
        say("\n".join(f"    {line}" for line in tail))
        say(f"  failed (exit code {done.returncode}); all of it is in {log.relative_to(ROOT)}")
    return done.returncode == 0


# --- set-up --------------------------------------------------------------------------------------------------------


def set_up() -> None:
    """Make `.venv` ready: system libraries, locked packages with hashes, bytecode. Does nothing when it is ready."""
    if PYTHON.exists() and READY.exists() and READY.read_text(encoding="utf-8") == fingerprint():
        return
    began = time.perf_counter()
    say("Setting up (first time, or the locked packages changed) ...")
    install_system_libraries()
    make_venv()
    install_packages()
    compile_bytecode()
    READY.write_text(fingerprint(), encoding="utf-8")
    say(f"Ready after {time.perf_counter() - began:.0f} s.")


def fingerprint() -> str:
    """Return what the set-up depends on; another value means: set up again."""
    content = LOCK.read_bytes() + SYSTEM_PACKAGES.read_bytes()
    return hashlib.sha256(content).hexdigest()


def make_venv() -> None:
    """Create `.venv` with the running Python, unless a usable one is there."""
    if PYTHON.exists() and usable(PYTHON):
        return
    if importlib.util.find_spec("ensurepip") is None:
        require_system_packages([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
    say(f"  virtual environment with Python {sys.version.split()[0]}")
    if not quietly("venv", [sys.executable, "-m", "venv", "--clear", str(VENV)]):
        sys.exit("The virtual environment could not be made. On Debian and Ubuntu it needs the package python3-venv.")


def usable(python: Path) -> bool:
    """Return whether this interpreter runs, is new enough and has pip."""
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    done = subprocess.run([str(python), "-c", probe], env=environment(), capture_output=True, check=False)
    return done.returncode == 0


def install_packages() -> None:
    """Install exactly the locked packages; pip checks every download against its hash.

    The build tool comes first and from the same lock, because one package is only published as source.
    """
    say("  locked packages")
    tools = VENV / "build-tools.txt"
    tools.write_text(locked("setuptools"), encoding="utf-8")
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--require-hashes",
        "--no-deps",
    ]
    ok = quietly("pip-tools", [*pip, "-r", str(tools)])
    ok = ok and quietly("pip", [*pip, "--no-build-isolation", "--use-pep517", "-r", str(LOCK)])
    if not ok:
        sys.exit("The packages could not be installed. Check the network connection and call this again.")


def locked(name: str) -> str:
    """Return the lines of one package from the lock file: its version and its hashes."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    last = first
    while lines[last].endswith("\\"):
        last += 1
    return "\n".join(lines[first : last + 1]) + "\n"


def compile_bytecode() -> None:
    """Compile once, so that no start pays for it (some installers and PYTHONDONTWRITEBYTECODE leave it undone)."""
    say("  bytecode")
    folders = [str(VENV / "lib"), str(VENV / "Lib"), str(ROOT / "asn_desk"), str(ROOT / "ui")]
    found = [folder for folder in folders if Path(folder).is_dir()]
    command = [str(PYTHON), "-m", "compileall", "-q", "-j", "0", *found]
    # packages ship templates and test files that are no valid Python: their failure is not ours
    subprocess.run(command, env=environment(), capture_output=True, check=False)


# --- system libraries (Linux) --------------------------------------------------------------------------------------


def install_system_libraries() -> None:
    """Install the system libraries that Qt misses, or say how; only those of a screen may stay missing."""
    missing = missing_system_packages() if sys.platform.startswith("linux") else []
    if missing:
        require_system_packages(missing)


def missing_system_packages() -> list[str]:
    """Return the Debian packages whose library cannot be loaded."""
    lines = (line.split("#")[0].split() for line in SYSTEM_PACKAGES.read_text(encoding="utf-8").splitlines())
    return [words[0] for words in lines if words and not loadable(words[1])]


def loadable(library: str) -> bool:
    """Return whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def require_system_packages(packages: list[str]) -> None:
    """Install system packages with apt where we may; else print the line to type and go on without them."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    prefix = apt_rights()
    if prefix is None:
        say(f"  Missing system packages. On Debian or Ubuntu an administrator installs them with:\n    {line}")
        return
    say(f"  system packages: {' '.join(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    quietly("apt-update", [*prefix, "apt-get", "update"], added=quiet)
    if not quietly("apt", [*prefix, *line.split()], added=quiet):
        say(f"  Please install them by hand:\n    {line}")


def apt_rights() -> list[str] | None:
    """Return what to put before apt-get: nothing for root, sudo where it asks no password, None where we may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:  # type: ignore[attr-defined,unused-ignore]  # apt-get exists only where this does
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


# --- verbs ---------------------------------------------------------------------------------------------------------


def has_screen() -> bool:
    """Return whether a window can be shown here."""
    return WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(rest: list[str]) -> int:
    """Open the window on the sample office; where there is no screen, do the same job without one."""
    if has_screen():
        return start([str(PYTHON), "-m", "ui", "--practice", *rest])
    say("No screen here: the main job on the sample office runs without a window.")
    letters, pictures = OUT / "demo", OUT / "shots"
    code = start([str(PYTHON), "-m", "asn_desk", "demo", "--out", str(letters), *rest])
    code = code or take_shots(["--few", "--out", str(pictures)])
    if code == 0:
        say(f"Letters:  {letters}\nPictures: {pictures}")
    return code


def take_shots(rest: list[str]) -> int:
    """Take pictures of every screen, painted in memory."""
    return start([str(PYTHON), "-m", "tests.shots", *rest], without_screen())


def shots(rest: list[str]) -> int:
    """Take pictures of every screen: in memory, or with `--xvfb` on a real X screen that nobody sees."""
    where = [] if "--out" in rest else ["--out", str(OUT / "shots")]
    if "--xvfb" not in rest:
        return take_shots([*where, *rest])
    if shutil.which("Xvfb") is None:
        sys.exit("--xvfb needs the program Xvfb (Debian and Ubuntu: apt-get install -y xvfb).")
    passed = [word for word in rest if word != "--xvfb"]
    read, write = os.pipe()
    screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"]
    server = subprocess.Popen(screen, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as number:
            display = f":{number.readline().strip()}"
        return start(
            [str(PYTHON), "-m", "tests.shots", *where, *passed], without_screen(QT_QPA_PLATFORM="xcb", DISPLAY=display)
        )
    finally:
        server.terminate()
        server.wait()


def test(rest: list[str]) -> int:
    """Run every check and every test, also after one failed; words after the verb go to pytest."""
    tools = {
        "ruff": ["-m", "ruff", "check", "."],
        "format": ["-m", "ruff", "format", "--check", "."],
        "types": ["-m", "mypy"],
        "imports": ["-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"],
        "tests": ["-m", "pytest", "-n", "2", *rest],
    }
    results = {}
    for name, arguments in tools.items():
        say(f"\n=== {name}")
        began = time.perf_counter()
        code = start([str(PYTHON), *arguments], without_screen())
        results[name] = (code, time.perf_counter() - began)
    say("")
    for name, (code, seconds) in results.items():
        say(f"{name:<10}{seconds:7.1f} s   {'ok' if code == 0 else f'FAILED (exit code {code})'}")
    return int(any(code for code, _ in results.values()))


def bench(rest: list[str]) -> int:
    """Run the measurements of one area, or of all."""
    areas = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
    wanted = [area for area in areas if not rest or area == rest[0] or area.startswith(f"{rest[0]}_")]
    if not wanted:
        sys.exit(f"No such measurement: {rest[0]}. There are: {', '.join(areas)}.")
    worst = 0
    for area in wanted:
        worst = max(worst, start([str(PYTHON), "-m", f"bench.{area}", *rest[1:]], without_screen()))
    return worst


def torture(rest: list[str]) -> int:
    """Kill the program at random moments while it works and check everything it had confirmed."""
    return start([str(PYTHON), "-m", "tests.torture", *rest])


def scans(rest: list[str]) -> int:
    """Print, sign, ill-treat and scan a pile of slips and lists, read it, and compare with what was really signed."""
    return start([str(PYTHON), "-m", "tests.scans", *rest])


def fuzz(rest: list[str]) -> int:
    """Give hostile files to every reader: no crash, no hang, bounded memory."""
    return start([str(PYTHON), "-m", "tests.fuzz", *rest])


def fidelity(rest: list[str]) -> int:
    """Compare our PDF with LibreOffice's of the same Word letters."""
    where = [] if "--out" in rest else ["--out", str(OUT / "fidelity")]
    return start([str(PYTHON), "-m", "tests.fidelity", *where, *rest], without_screen())


def build(_rest: list[str]) -> int:
    """Build the one-folder program and try it in an empty environment, as on a PC that never saw Python."""
    missing = missing_build_packages() if sys.platform.startswith("linux") else []
    if missing:
        require_system_packages(missing)
    say("Building ...")
    began = time.perf_counter()
    places = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    command = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *places, "build.spec"]
    if not quietly("build", command):
        return 1
    folder = ROOT / "dist" / "asn-desk"
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files)
    say(f"Built in {time.perf_counter() - began:.0f} s: {folder}, {size / 1e6:.0f} MB in {len(files)} files.")
    return start([str(PYTHON), str(ROOT / "packaging" / "try_built.py"), str(folder)])


def missing_build_packages() -> list[str]:
    """Return the Debian packages that PyInstaller misses: binutils, and the shared library of the system's own Python."""
    missing = [] if shutil.which("objdump") and shutil.which("objcopy") else ["binutils"]
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if sys.base_prefix == "/usr" and not loadable(f"libpython{version}.so.1.0"):
        missing.append(f"libpython{version}")
    return missing


def lock(_rest: list[str]) -> int:
    """Choose the newest versions that packaging/requirements-dev.in allows, and write them with their hashes."""
    source = "packaging/requirements-dev.in"
    common = ["--generate-hashes", "--upgrade", "--no-header", "--no-annotate", "--output-file", str(LOCK), source]
    if shutil.which("uv"):
        command = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", *common]
    elif shutil.which("pip-compile"):
        command = [
            "pip-compile",
            "--no-emit-index-url",
            "--no-emit-find-links",
            "--allow-unsafe",
            "--strip-extras",
            *common,
        ]
    else:
        sys.exit("`lock` needs uv (writes one lock for all systems) or pip-tools (for this system only) on the PATH.")
    if not quietly("lock", command):
        return 1
    say(f"{LOCK.relative_to(ROOT)} is new. The next call sets up again.")
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "shots": shots,
    "bench": bench,
    "fidelity": fidelity,
    "torture": torture,
    "fuzz": fuzz,
    "scans": scans,
    "build": build,
    "lock": lock,
}


def main() -> int:
    """Read the verb, set up where the verb needs it, and do it."""
    about = (__doc__ or "").split("\n\n")
    parser = argparse.ArgumentParser(
        description=about[0], epilog="\n\n".join(about[1:]), formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("verb", choices=sorted(VERBS))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on")
    chosen = parser.parse_args()
    if chosen.verb != "lock":
        set_up()
    return VERBS[chosen.verb](chosen.rest)


if __name__ == "__main__":
    sys.exit(main())
