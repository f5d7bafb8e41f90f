"""The addresses, a module each."""

from flask import Flask

from webapp.routes import (
    areas,
    assets,
    catalogue,
    display,
    health,
    images,
    layers,
    pages,
    scripts,
    timelines,
    towns,
)


def register(app: Flask) -> None:
    """Give the application all addresses."""
    for module in (pages, layers, display, areas, towns, timelines, images, catalogue, health, assets, scripts):
        app.register_blueprint(module.blueprint)
