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
COMMAND = "import sys; from webapp.cli import main; main()"
LANGUAGES = ("en", "uk", "zh-Hant")
THEMES = ("light", "dark", "print")
SIZES = ("article", "square", "story")
FORMATS = ("csv", "json")


def run(checkout: Path, code: str, *arguments: str) -> None:
    """Run code of a checkout. Raises CalledProcessError."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "CI": "true"}
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=checkout, env=environment, check=True)


def tables(proposal: str, folder: Path) -> Iterator[tuple[str, ...]]:
    """The arguments of every command whose table or layer is compared."""
    yield "timeline", proposal, "-o", str(folder / f"{proposal}_timeline.csv")
    yield "export", proposal, "-o", str(folder / f"{proposal}.geojson")


def images(proposal: str, folder: Path) -> Iterator[tuple[str, ...]]:
    """The arguments of every command whose image is compared."""
    for lang, theme, size in zip(itertools.cycle(LANGUAGES), THEMES * 3, itertools.cycle(SIZES), strict=False):
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
    for commands in (tables, images) if with_images else (tables,):
        for proposal in proposals:
            for arguments in commands(proposal, folder):
                run(checkout, COMMAND, *arguments)
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
