"""Compare what two checkouts make, byte for byte: all files of ``clausemap build --all``, tables and images.

    python bench/same_bytes.py ../other-checkout [--without-images]

Both run with the interpreter that runs this script, each with its own code, in folders of their own. Printed are the
number of files that are equal, and each that differs or exists on one side only; the exit status is 1 where there is
such a one.
"""

import argparse
import hashlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = (
    "import sys; from pathlib import Path; from layers.build.build import build\n"
    "build(Path(sys.argv[1]), every_date=True)"
)
BUILD_BEFORE = BUILD.replace("layers.build.build", "layers.build")  # where the build was one module
COMMANDS = (
    "import json, sys; from webapp.cli import main\n"
    "for arguments in json.load(sys.stdin): main(arguments, standalone_mode=False)"
)
LANGUAGES = ("en", "uk", "zh-Hant")
THEMES = ("light", "dark", "print")
SIZES = ("article", "square", "story")


def run(checkout: Path, code: str, *arguments: str, given: str = "") -> None:
    """Run code of a checkout, with a text as its input. Raises CalledProcessError."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "CI": "true"}
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(command, cwd=checkout, env=environment, check=True, input=given.encode())


def tables(proposal: str, folder: Path) -> Iterator[tuple[str, ...]]:
    """The arguments of every command whose table or layer is compared."""
    yield "timeline", proposal, "-o", str(folder / f"{proposal}_timeline.csv")
    yield "export", proposal, "-o", str(folder / f"{proposal}.geojson")


def images(proposal: str, folder: Path) -> Iterator[tuple[str, ...]]:
    """The arguments of every command whose image is compared."""
    for number, (lang, theme) in enumerate(itertools.product(LANGUAGES, THEMES)):
        size = SIZES[(number + number // len(THEMES)) % len(SIZES)]  # each with every language and every theme
        image = folder / f"{proposal}_{lang}_{theme}_{size}"
        options = ("--lang", lang, "--theme", theme, "--size", size)
        yield "image", proposal, "-o", f"{image}.svg", *options
    yield "image", proposal, "-o", str(folder / f"{proposal}.png")


def make(checkout: Path, folder: Path, *, with_images: bool) -> dict[str, str]:
    """Make all files of a checkout in a folder; the hash of each by its path."""
    built = folder / "built"
    before = (checkout / "layers" / "build.py").is_file()
    run(checkout, BUILD_BEFORE if before else BUILD, str(built))
    document = json.loads((built / "catalog.json").read_bytes())
    proposals = [proposal["id"] for proposal in document["proposals"]]
    kinds = [tables, images] if with_images else [tables]
    commands = [command for kind in kinds for proposal in proposals for command in kind(proposal, folder)]
    run(checkout, COMMANDS, given=json.dumps(commands))
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def main() -> int:
    """Compare the checkout of this script with another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path)
    parser.add_argument("--without-images", action="store_true", help="compare layers and tables alone")
    given = parser.parse_args()
    trees = ROOT, given.other.resolve()
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory() as there:
        made = zip(trees, (here, there), strict=True)
        ours, theirs = (make(tree, Path(folder), with_images=not given.without_images) for tree, folder in made)
    for name in sorted({*ours, *theirs}):
        if ours.get(name) != theirs.get(name):
            print("only here" if name not in theirs else "only there" if name not in ours else "differs", name)
    equal = sum(ours[name] == theirs.get(name) for name in ours)
    print(f"{equal} of {len({*ours, *theirs})} files are equal")
    return int(equal != len({*ours, *theirs}))


if __name__ == "__main__":
    sys.exit(main())
