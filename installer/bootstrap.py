"""Makes the environment in which `make` runs the program and its tests. Standard library only.

    python3 installer/bootstrap.py environment [--tests]    .venv from requirements.lock
    python3 installer/bootstrap.py run [--headless] [ARG…]  the same, then the program
    python3 installer/bootstrap.py old-qt                   .venv-old-qt: the oldest Qt that must work

What the system lacks is looked for all at once and named in one install line, which is run when this is
root on Debian. The program itself needs none of this once it is installed.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

# This file also has to be readable for an old Python, which then says what is wrong.
OLDEST = (3, 11)
NEWEST_TRIED = 14
PROJECT = Path(__file__).resolve().parents[1]
ENVIRONMENT = PROJECT / ".venv"
LOCK = PROJECT / "requirements.lock"
OLD_QT_ENVIRONMENT = PROJECT / ".venv-old-qt"
OLD_QT_LOCK = PROJECT / "installer" / "old-qt.lock"
HEADLESS_DIR = PROJECT / "build" / "headless"

# Shared library -> Debian's package. Every platform plug-in of Qt needs the first group.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libzstd.so.1": "libzstd1",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
# The second PostgreSQL that the tests of the centre run on, beside the one of the lock.
TEST_SERVER = Path("/usr/lib/postgresql/15/bin/postgres")
TEST_SERVER_PACKAGE = "postgresql-15"
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.d")
NO_DISPLAY = """\
没有可用的显示器。要在不显示窗口的情况下走完一次练习来访（截图与文书存入 {folder}），请用：
There is no display. To go through one practice visit without a screen (pictures and papers in {folder}):

    make run HEADLESS=1
"""


class CannotGoOn(Exception):
    """Something that the person at the keyboard has to do first; the text says what."""


def say(text: str) -> None:
    """Tell the person, on standard error, so that a program's output stays clean."""
    print(text, file=sys.stderr, flush=True)


def use_new_enough_python() -> None:
    """Go on with a newer Python of this machine where the present one is too old.

    Raises:
        CannotGoOn: when there is none.
    """
    if sys.version_info >= OLDEST:
        return
    for minor in range(NEWEST_TRIED, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, __file__, *sys.argv[1:]])
    raise CannotGoOn(
        f"需要 Python 3.11 或更新版本，本机为 {platform.python_version()}。\n"
        f"Python 3.11 or newer is needed, this is {platform.python_version()}.\n"
        "Where one lies elsewhere: make PYTHON=/path/to/python3.11 run"
    )


def is_there(library: str) -> bool:
    """Tell whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_certificates() -> bool:
    """Tell whether Python finds any certificate authority, without which pip trusts nobody."""
    if os.environ.get("PIP_CERT"):
        return True
    places = ssl.get_default_verify_paths()
    if places.cafile and Path(places.cafile).is_file():
        return True
    return bool(places.capath) and any(Path(str(places.capath)).glob("*.[0-9p]*"))


def can_make_environments() -> bool:
    """Tell whether `venv` works with pip; Debian keeps that in a package of its own."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def display() -> str:
    """Name the kind of display: "x11", "wayland", or "" where there is none."""
    if os.environ.get("DISPLAY"):
        return "x11"
    return "wayland" if os.environ.get("WAYLAND_DISPLAY") else ""


def lacking(for_tests: bool) -> dict[str, str]:
    """Return what this Linux machine lacks: thing -> Debian's package."""
    missing = {}
    if not is_current(LOCK, ENVIRONMENT):
        if not can_make_environments():
            missing["python venv"] = f"python3.{sys.version_info[1]}-venv"
        if not has_certificates():
            missing["certificates"] = "ca-certificates"
    libraries = dict(QT_LIBRARIES)
    libraries.update({"x11": X11_LIBRARIES, "wayland": WAYLAND_LIBRARIES, "": {}}[display()])
    missing.update({name: package for name, package in libraries.items() if not is_there(name)})
    if for_tests and not shutil.which("pdftotext"):
        missing["pdftotext"] = "poppler-utils"
    return missing


def supply(missing: dict[str, str]) -> None:
    """Install what is missing, or name the one line that does.

    Raises:
        CannotGoOn: when only a person can install it.
    """
    packages = sorted(set(missing.values()))
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    say("本机缺少 / This machine lacks: " + ", ".join(sorted(missing)))
    if not shutil.which("apt-get"):
        raise CannotGoOn("请用本系统的软件包管理器安装。 Please install them with this system's package manager.")
    if os.geteuid() != 0:
        raise CannotGoOn("请运行 / Please run:\n\n    sudo apt-get update && sudo " + " ".join(line))
    say("正在安装 / Installing: " + " ".join(line))
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update", "-q"], line):
        if subprocess.run(command, env=quiet, stdout=sys.stderr, check=False).returncode != 0:
            raise CannotGoOn("未成功 / This failed: " + " ".join(command))


def check_system(for_tests: bool) -> None:
    """Make sure that what cannot come from the lock is there.

    Raises:
        CannotGoOn: when it is not.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = lacking(for_tests)
    if missing:
        supply(missing)
        still = sorted(lacking(for_tests))
        if still:
            raise CannotGoOn("安装后仍缺少 / Still missing after the installation: " + ", ".join(still))
    if for_tests:
        add_test_server()


def add_test_server() -> None:
    """Install a PostgreSQL 15 for the tests where this is root on Debian and Debian has it.

    The tests do without it elsewhere and say so. No cluster is made, so none is started with the machine.
    """
    if TEST_SERVER.exists() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    line = ["apt-get", "install", "-y", "--no-install-recommends", TEST_SERVER_PACKAGE]
    without_cluster = CLUSTER_SETTINGS / "window-app-tests.conf"
    made = not CLUSTER_SETTINGS.exists()
    say("正在安装测试用的 / Installing for the tests: " + " ".join(line))
    try:
        CLUSTER_SETTINGS.mkdir(parents=True, exist_ok=True)
        without_cluster.write_text("create_main_cluster = false\n", encoding="utf-8")
        # Package lists may be missing or old; they are fetched only where it does not work without.
        for words in (line, ["apt-get", "update", "-q"], line):
            failed = subprocess.run(words, env=quiet, stdout=sys.stderr, check=False).returncode != 0
            if TEST_SERVER.exists() or (failed and words is not line):
                break
    except OSError as failure:
        say(str(failure))
    finally:
        without_cluster.unlink(missing_ok=True)
        if made and CLUSTER_SETTINGS.exists():
            CLUSTER_SETTINGS.rmdir()
    if not TEST_SERVER.exists():
        say("没有 PostgreSQL 15，跳过用到它的测试。 There is no PostgreSQL 15; its tests are left out.")


def stamp_of(lock: Path, environment: Path) -> str:
    """Say what an environment is made from: the lock, the Python, the place (its scripts name it)."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return "\n".join([digest, platform.python_version(), str(environment)]) + "\n"


def is_current(lock: Path, environment: Path) -> bool:
    """Tell whether an environment was finished from this very lock."""
    stamp = environment / "made-from"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == stamp_of(lock, environment)


def finish(lock: Path, environment: Path) -> None:
    """Leave the stamp; whoever is interrupted before starts again."""
    (environment / "made-from").write_text(stamp_of(lock, environment), encoding="utf-8")


def python_in(environment: Path) -> str:
    """Return the path of an environment's Python."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return str(environment / folder / name)


def call(command: list[str], failed: str) -> None:
    """Run a command.

    Raises:
        CannotGoOn: when it fails.
    """
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        raise CannotGoOn(failed)


def install(python: str, *arguments: str) -> None:
    """Install into an environment by its own pip, as this machine has set pip up.

    Raises:
        CannotGoOn: when pip fails.
    """
    pip = [python, "-m", "pip", "install", "-qq", "--no-input", "--no-deps", "--disable-pip-version-check"]
    call([*pip, *arguments], "pip 未能安装依赖。 pip could not install; its message stands above.")


def make_environment() -> None:
    """Make .venv from the lock, unless it is what the lock says already.

    Raises:
        CannotGoOn: when it cannot be made.
    """
    if is_current(LOCK, ENVIRONMENT):
        return
    say("正在建立运行环境 .venv（数分钟） / Making .venv from requirements.lock (some minutes)")
    call([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], "未能建立 .venv。 The .venv could not be made.")
    python = python_in(ENVIRONMENT)
    install(python, "--require-hashes", "--only-binary=:all:", "-r", str(LOCK))
    install(python, "--no-build-isolation", "--editable", str(PROJECT))
    finish(LOCK, ENVIRONMENT)


def site_packages(environment: Path) -> Path:
    """Return the folder into which an environment's pip installs."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run([python_in(environment), "-c", ask], stdout=subprocess.PIPE, check=True, text=True)
    return Path(told.stdout.strip())


def make_old_qt_environment() -> None:
    """Make an environment with the oldest Qt in front of everything that .venv has.

    Raises:
        CannotGoOn: when it cannot be made.
    """
    make_environment()
    if is_current(OLD_QT_LOCK, OLD_QT_ENVIRONMENT):
        return
    failed = "未能建立 .venv-old-qt。 The .venv-old-qt could not be made."
    call([sys.executable, "-m", "venv", "--clear", str(OLD_QT_ENVIRONMENT)], failed)
    python = python_in(OLD_QT_ENVIRONMENT)
    install(python, "--require-hashes", "--only-binary=:all:", "-r", str(OLD_QT_LOCK))
    # A .pth file in site-packages stands behind what is installed beside it, so the old Qt comes first.
    (site_packages(OLD_QT_ENVIRONMENT) / "project.pth").write_text(
        f"{site_packages(ENVIRONMENT)}\n{PROJECT / 'src'}\n", encoding="utf-8"
    )
    finish(OLD_QT_LOCK, OLD_QT_ENVIRONMENT)


def run(arguments: list[str]) -> int:
    """Run the program, or one practice visit without a screen.

    Raises:
        CannotGoOn: when there is no screen and none was done without.
    """
    headless = arguments[:1] == ["--headless"]
    offscreen = headless or "QT_QPA_PLATFORM" in os.environ
    if sys.platform.startswith("linux") and not offscreen and not display():
        raise CannotGoOn(NO_DISPLAY.format(folder=HEADLESS_DIR.relative_to(PROJECT)))
    check_system(for_tests=False)
    make_environment()
    program = [python_in(ENVIRONMENT), "-m", "window_app.cli"]
    if not headless:
        return subprocess.run([*program, *arguments], check=False).returncode
    # A visit of its own each time: nothing here is anybody's work.
    shutil.rmtree(str(HEADLESS_DIR), ignore_errors=True)
    visit = ["--data", str(HEADLESS_DIR / "store"), "--headless", "--out", str(HEADLESS_DIR)]
    surroundings = dict(os.environ, QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8")
    return subprocess.run([*program, *visit, *arguments[1:]], env=surroundings, check=False).returncode


def main(arguments: list[str]) -> int:
    """Do what the command line says; 0 done, 1 cannot go on, 2 not understood."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    try:
        use_new_enough_python()
        if verb == "run":
            return run(rest)
        if verb not in ("environment", "old-qt"):
            say(str(__doc__))
            return 2
        check_system(for_tests="--tests" in rest or verb == "old-qt")
        (make_old_qt_environment if verb == "old-qt" else make_environment)()
    except CannotGoOn as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
