"""The addresses, a module each."""

from flask import Flask

from webapp.routes import (
    areas,
    assets,
    catalogue,
    display,
    embed,
    health,
    images,
    layers,
    oembed,
    pages,
    robots,
    scripts,
    timelines,
    towns,
)


def register(app: Flask) -> None:
    """Give the application all addresses."""
    for module in (
        pages, embed, oembed, robots, scripts, layers, display, areas, towns, timelines, images, catalogue,
        health, assets,
    ):  # fmt: skip
        app.register_blueprint(module.blueprint)
