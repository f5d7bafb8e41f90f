"""The addresses, a module each."""

from flask import Flask

from webapp.routes import (
    areas,
    assets,
    catalogue,
    embed,
    health,
    images,
    layers,
    oembed,
    pages,
    robots,
    scripts,
    timelines,
)


def register(app: Flask) -> None:
    """Give the application all addresses."""
    for module in (pages, layers, areas, timelines, images, catalogue, health, assets, scripts, embed, oembed, robots):
        app.register_blueprint(module.blueprint)
