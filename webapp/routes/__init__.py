"""The URLs, one module each."""

from flask import Flask

from webapp.routes import (
    catalogue,
    changes,
    compare,
    corrections,
    embed,
    health,
    images,
    line_since,
    negotiation,
    oembed,
    ogc,
    pages,
    products,
    robots,
    scripts,
    static_files,
    timelines,
)


def register(app: Flask) -> None:
    """Add all URLs to the application."""
    for module in (
        pages, embed, oembed, robots, scripts, timelines, changes, compare, line_since, corrections, images, catalogue,
        health, static_files,
    ):  # fmt: skip
        app.register_blueprint(module.blueprint)
    products.register(app)
    negotiation.register(app)
    ogc.register(app)
