"""Addresses of NiceGUI's assets, by what is in them.

NiceGUI names a component by its path and the age of its files: two replicas whose images were built apart would answer
each other's addresses with 404, and a browser meets that when a page of the one fetches from the other. Here an address
carries a hash of the content. One of another build or release leads to the file of that name as it is here, which
nobody may keep: it is not quite what was asked for, and a page that lacks it does not work at all.
"""

import re
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from nicegui import dependencies
from nicegui.version import __version__ as nicegui_version
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ADDRESS = re.compile(r"/_nicegui/(?P<version>[\w.]+)/(?P<kind>components|libraries|esm|static)/(?P<rest>.+)", re.ASCII)
_OWN = f"/_nicegui/{nicegui_version}"

Asset = TypeVar("Asset", dependencies.JsComponent, dependencies.VueComponent, dependencies.Library)


def name_assets_by_content() -> None:
    """Rename everything that is registered. Call it once every page is imported, before any is built."""
    _rename(dependencies.js_components)
    _rename(dependencies.vue_components)
    _rename(dependencies.libraries)
    modules = dependencies.esm_modules
    named = {f"{hash_of(module.path)}-{module.name}": module for module in modules.values()}
    modules.clear()
    modules.update(named)


def _rename(assets: dict[str, Asset]) -> None:
    for asset in list(assets.values()):
        del assets[asset.key]
        asset.key = f"{hash_of(asset.path)}/{asset.path.name}"
        assets[asset.key] = asset


class AssetsOfOtherBuilds:
    """ASGI middleware: leads an address that is not known here to the asset of the same name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = own_address(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self.app(scope, receive, send)
            return

        async def send_for_once(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        await self.app({**scope, "path": found, "raw_path": found.encode()}, receive, send_for_once)


def own_address(path: str) -> str | None:
    """Where an asset is here that another build has elsewhere; None for what is known, and for what is no asset."""
    asked = _ADDRESS.fullmatch(path)
    if asked is None:
        return None
    own = f"{_OWN}/{asked['kind']}/{_own_key(asked['kind'], asked['rest'])}"
    return None if own == path else own


def _own_key(kind: str, key: str) -> str:
    if kind == "static":
        return key
    if kind == "esm":
        return _own_module(key)
    scripts = [*dependencies.js_components, *dependencies.vue_components]
    assets = scripts if kind == "components" else [*dependencies.libraries]
    if key.removesuffix(".map") in assets:
        return key
    name = key.rpartition("/")[2]
    plain = name.removesuffix(".map")
    found = next((each for each in assets if each.rpartition("/")[2] == plain), None)
    return key if found is None else found + name.removeprefix(plain)


def _own_module(key: str) -> str:
    """Of a module's key, what stands behind the hash is its name."""
    module, _, file = key.partition("/")
    if module in dependencies.esm_modules:
        return key
    name = module.partition("-")[2]
    found = next((own for own, each in dependencies.esm_modules.items() if each.name == name), module)
    return f"{found}/{file}"


def hash_of(path: Path) -> str:
    """Of a file, or of all that is in a folder."""
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    digest = sha256()
    for file in files:
        digest.update(f"{file.relative_to(path)}\0".encode() if path.is_dir() else b"")
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
