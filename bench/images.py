"""Images of one edition at 2400 by 1350 pixels: ours against geopandas with matplotlib, cartopy and py-staticmaps.

Each contender draws in a process of its own, in turn and several times over. All are warm: modules are imported, the
data is read and one picture is drawn before the clock starts. Ours then has its scene and its labels at hand, as the
service has them; what a first drawing of another day takes, with those to be made, stands in rows of its own and is not
what is promised. Promised are: SVG in at most a tenth of the time of geopandas' SVG; PNG in at most 0.8 of
geopandas' PNG and 0.7 of cartopy's; at most 0.7 of the memory of each of the two. What was tried for PNG stands in
``docs/images.md``.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from layers.catalogue.model import COMMITTED, load_catalogue

ROUNDS = 3
TIMES = 4
ROOT = Path(__file__).parents[1]

Draw = Callable[[], bytes]


def ours(root: Path, form: str, *, fresh: bool = False) -> Draw:
    """Our picture at twice the pixels; ``fresh`` forgets what was made of the edition before."""
    from webapp.images import render_png, render_svg
    from webapp.images.options.options import Options

    catalogue, options = load_catalogue(root), Options(scale=2.0)

    def draw() -> bytes:
        if fresh:
            forget()
        if form == "svg":
            return render_svg(catalogue, "us-28-points", None, options).encode()
        return render_png(catalogue, "us-28-points", None, options)

    return draw


def forget() -> None:
    """Scenes, labels, layouts and paths are made again."""
    from webapp import svg_path
    from webapp.images import drawing
    from webapp.images.labels import candidates
    from webapp.images.layout import layout
    from webapp.images.map import hatching, locator, scene

    kept = (drawing.draw, scene.scene_of, layout.lay_out, svg_path.path_data, hatching.hatch_data)
    from webapp.typography import text_to_path

    drawn = (text_to_path._path_of, candidates._deepest, candidates._well_inside, candidates._near_edge)
    for function in (*kept, locator._locator, *drawn):
        function.cache_clear()


def rival(name: str, root: Path, form: str, **more: bool) -> Draw:
    """What draws with another library."""
    from bench import rivals

    made: Draw = getattr(rivals, f"with_{name}")(root, form, **more)
    return made


CONTENDERS: Mapping[str, Callable[[Path], Draw]] = {
    "ours SVG": partial(ours, form="svg"),
    "ours PNG": partial(ours, form="png"),
    "ours SVG, first of a day": partial(ours, form="svg", fresh=True),
    "ours PNG, first of a day": partial(ours, form="png", fresh=True),
    "geopandas SVG": partial(rival, "geopandas", form="svg"),
    "geopandas PNG": partial(rival, "geopandas", form="png"),
    "cartopy PNG": partial(rival, "cartopy", form="png"),
    "cartopy PNG, first of a day": partial(rival, "cartopy", form="png", fresh=True),
    "py-staticmaps SVG": partial(rival, "staticmaps", form="svg"),
    "py-staticmaps PNG": partial(rival, "staticmaps", form="png"),
}
# what, against what, at most which part of its time or memory
PROMISED = (
    ("ours SVG", "geopandas SVG", "seconds", 0.1),
    ("ours PNG", "geopandas PNG", "seconds", 0.8),
    ("ours PNG", "cartopy PNG", "seconds", 0.7),
    ("ours PNG", "geopandas PNG", "mib", 0.7),
    ("ours PNG", "cartopy PNG", "mib", 0.7),
)


def measure(name: str) -> dict[str, float]:
    """The fastest of some drawings after a first one, in seconds, the memory at its height, and the bytes."""
    draw = CONTENDERS[name](COMMITTED)
    size = len(draw())
    seconds = []
    for _ in range(TIMES):
        start = time.perf_counter()
        draw()
        seconds.append(time.perf_counter() - start)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": min(seconds), "mib": peak_mib, "kilobytes": size / 1000}


def elsewhere(name: str) -> dict[str, float] | None:
    """The same in a process of its own; None where it does not run here."""
    done = subprocess.run([sys.executable, __file__, name], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: left out ({done.stderr.strip().splitlines()[-1]})")
        return None
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    """All contenders in turn; 1 where a promise is not kept."""
    results: dict[str, list[dict[str, float]]] = {name: [] for name in CONTENDERS}
    for _ in range(ROUNDS):
        for name, rounds in results.items():
            found = elsewhere(name)
            if found is not None:
                rounds.append(found)
    best = {
        name: {key: min(one[key] for one in rounds) for key in rounds[0]} for name, rounds in results.items() if rounds
    }
    for name, figures in best.items():
        print(f"{name:26} {figures['seconds'] * 1000:8.1f} ms {figures['mib']:7.0f} MiB {figures['kilobytes']:8.0f} kB")
    told = [kept(best, *promise) for promise in PROMISED]
    return 0 if all(told) else 1


def kept(best: Mapping[str, Mapping[str, float]], one: str, other: str, what: str, most: float) -> bool:
    """Whether a promise is kept, told in a line."""
    if one not in best or other not in best:
        print(f"{one} against {other}: not measured")
        return False
    ratio = best[one][what] / best[other][what]
    print(f"{one} / {other}, {'time' if what == 'seconds' else 'memory'}: {ratio:.3f}, promised at most {most}")
    return ratio <= most


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        sys.exit(main())
