"""What draws the same zones with other libraries, as their users would: title, zones by kind, labels, legend.

Each function reads its data once and gives back what draws a picture of 2400 by 1350 pixels from it, its map as large
as ours and the title beside it. Colours and hatching are as plain as those libraries make them by default; what they
lack (labels that do not collide, a proposal statement, areas) is left out.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import geopandas
import shapely

LAYER = Path("us-28-points/2025-11-20.geojson")
CONTEXT = Path("context")
TITLE = "What point 21 of the 28-point draft would provide"
CONIC = "+proj=aea +lat_1=45 +lat_2=51 +lat_0=48 +lon_0=35.3 +datum=WGS84"
TOWNS = 40
WIDTH_PX, HEIGHT_PX = 2400, 1350
FRAME_DEG = (30.3, 44.3, 40.35, 51.95)
LINE: Any = {"linewidth": 3, "linestyle": "--"}
TOWN: Any = {"color": "#161412", "s": 20, "zorder": 3}
MAP = (424 / 1200, 0, 776 / 1200, 1)  # of the picture, as in ours

Draw = Callable[[], bytes]
Frames = dict[str, geopandas.GeoDataFrame]


def read(root: Path) -> Frames:
    """The same files as ours: zones, oblasts, neighbours, towns."""
    zones = geopandas.read_file(root / LAYER)
    polygons = zones[zones.geom_type.str.contains("Polygon")]
    polygons = polygons[~polygons["kind"].isin(["country"])]
    return {
        "zones": polygons,
        "lines": zones[(zones["kind"] == "line")],
        "oblasts": geopandas.read_file(root / CONTEXT / "oblasts.geojson"),
        "neighbours": geopandas.read_file(root / CONTEXT / "neighbours.geojson"),
        "towns": geopandas.read_file(root / CONTEXT / "towns.geojson")[:TOWNS],
    }


def with_geopandas(root: Path, form: str) -> Draw:
    """Geopandas and matplotlib, projected to the same conic."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    frames = {name: frame.to_crs(CONIC) for name, frame in read(root).items()}
    edges = geopandas.GeoSeries([shapely.box(*FRAME_DEG)], crs=4326).to_crs(CONIC).total_bounds

    def draw() -> bytes:
        figure = plt.figure(figsize=(24, 13.5), dpi=100)
        axes = figure.add_axes(MAP)
        axes.set_adjustable("datalim")
        _plot(axes, frames)
        for name, x, y in places(frames["towns"]):
            axes.text(x, y, name, fontsize=12, clip_on=True)
        axes.scatter(*shapely.get_coordinates(frames["towns"].geometry.to_numpy()).T, **TOWN)
        axes.set_xlim(edges[0], edges[2])
        axes.set_ylim(edges[1], edges[3])
        return _saved(figure, axes, form)

    return draw


def with_cartopy(root: Path, form: str, *, fresh: bool = False) -> Draw:
    """Cartopy on matplotlib, with its own projection; ``fresh`` has it project anew, which else it does once."""
    import matplotlib

    matplotlib.use("Agg")
    import cartopy.crs
    import matplotlib.pyplot as plt

    read_frames = read(root)
    plate = cartopy.crs.PlateCarree()
    conic = cartopy.crs.AlbersEqualArea(35.3, 48, standard_parallels=(45, 51))
    colours = dict(zip(sorted(set(read_frames["zones"]["kind"])), cast(Any, plt.get_cmap("Set3")).colors, strict=False))

    def draw() -> bytes:
        frames = {name: copied(frame) for name, frame in read_frames.items()} if fresh else read_frames
        figure = plt.figure(figsize=(24, 13.5), dpi=100)
        axes: Any = figure.add_axes(MAP, projection=conic)
        axes.set_adjustable("datalim")
        axes.set_extent((FRAME_DEG[0], FRAME_DEG[2], FRAME_DEG[1], FRAME_DEG[3]), plate)
        axes.add_geometries(frames["neighbours"].geometry, plate, facecolor="#efede7", edgecolor="#d3cfc5")
        axes.add_geometries(frames["oblasts"].geometry, plate, facecolor="#fdfcf9", edgecolor="#a39d90")
        for kind, group in frames["zones"].groupby("kind"):
            axes.add_geometries(group.geometry, plate, facecolor=colours[kind], edgecolor="#555", hatch="//")
            axes.scatter([], [], color=colours[kind], label=kind)
        axes.add_geometries(frames["lines"].geometry, plate, facecolor="none", edgecolor="#161412", **LINE)
        for name, x, y in places(frames["towns"]):
            axes.text(x, y, name, transform=plate, fontsize=12, clip_on=True)
        axes.scatter(*shapely.get_coordinates(frames["towns"].geometry.to_numpy()).T, transform=plate, **TOWN)
        axes.legend()
        return _saved(figure, axes, form)

    return draw


def with_staticmaps(root: Path, form: str) -> Draw:
    """py-staticmaps without tiles; it has no title and no legend of its own, so that its picture says less."""
    import staticmaps
    from shapely import get_coordinates, get_exterior_ring, get_parts

    frames = read(root)
    fill, edge = staticmaps.parse_color("#a6d3d0aa"), staticmaps.parse_color("#2f7a76")

    def draw() -> bytes:
        context = staticmaps.Context()
        context.set_tile_provider(staticmaps.tile_provider_None)
        for name in ("neighbours", "oblasts", "zones"):
            for part in get_parts(frames[name].geometry.to_numpy()):
                ring = get_coordinates(get_exterior_ring(part))
                places = [staticmaps.create_latlng(lat, lon) for lon, lat in ring.tolist()]
                context.add_object(staticmaps.Area(places, fill_color=fill, width=1, color=edge))
        if form == "svg":
            sink = io.StringIO()
            context.render_svg(WIDTH_PX, HEIGHT_PX).write(sink)
            return sink.getvalue().encode()
        made = io.BytesIO()
        context.render_pillow(WIDTH_PX, HEIGHT_PX).save(made, "PNG")
        return made.getvalue()

    return draw


def places(towns: geopandas.GeoDataFrame) -> list[tuple[str, float, float]]:
    """Names and coordinates of towns."""
    return list(zip(towns["name_en"], *shapely.get_coordinates(towns.geometry.to_numpy()).T.tolist(), strict=True))


def copied(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The same with geometries that nothing is remembered of."""
    return frame.set_geometry(shapely.from_wkb(shapely.to_wkb(frame.geometry.to_numpy())), crs=frame.crs)


def _plot(axes: Any, frames: Frames) -> None:
    frames["neighbours"].plot(ax=axes, color="#efede7", edgecolor="#d3cfc5")
    frames["oblasts"].plot(ax=axes, color="#fdfcf9", edgecolor="#a39d90")
    frames["zones"].plot(ax=axes, column="kind", cmap="Set3", edgecolor="#555", hatch="//", legend=True)
    frames["lines"].plot(ax=axes, color="#161412", **LINE)


def _saved(figure: Any, axes: Any, form: str) -> bytes:
    """The figure as bytes, and its memory given back."""
    import matplotlib.pyplot as plt

    figure.text(0.02, 0.95, TITLE, fontsize=14, fontweight="bold")  # beside the map, as ours: above it is no room
    axes.set_axis_off()
    sink = io.BytesIO()
    figure.savefig(sink, format=form)
    plt.close(figure)
    return sink.getvalue()
