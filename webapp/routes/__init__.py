"""The URLs, one module each."""

from flask import Flask

from webapp.routes import (
    areas,
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
    static_files,
    timelines,
    towns,
)


def register(app: Flask) -> None:
    """Add all URLs to the application."""
    for module in (
        pages, embed, oembed, robots, scripts, layers, display, areas, towns, timelines, images, catalogue,
        health, static_files,
    ):  # fmt: skip
        app.register_blueprint(module.blueprint)
