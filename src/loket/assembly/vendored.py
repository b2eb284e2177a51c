"""Are the front-end files that others made exactly those of the manifest beside them? (`./test` and the doctor ask.)"""

import hashlib
import json
import sys
from importlib.util import find_spec
from pathlib import Path


def deviations(manifest: Path) -> list[str]:
    """A sentence for each file that is missing, differs from its checksum, or stands there without being listed."""
    folder = manifest.parent
    packages = json.loads(manifest.read_text())["packages"]
    listed = {name: checksum for package in packages for name, checksum in package["files"].items()}
    found = []
    for name, checksum in sorted(listed.items()):
        path = folder / name
        if not path.is_file():
            found.append(f"{path} is in the manifest but not there.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
            found.append(f"{path} is not the file that the manifest describes.")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path != manifest and name not in listed:
            found.append(f"{path} is not in the manifest.")
    for package in packages:
        missing = [key for key in ("name", "version", "licence") if not package.get(key)]
        if missing:
            found.append(f"{manifest}: package {package.get('name', '?')} has no {', '.join(missing)}.")
    return found


def manifests() -> list[Path]:
    """The manifests inside the package."""
    spec = find_spec("loket")
    assert spec is not None and spec.submodule_search_locations is not None
    return sorted(Path(spec.submodule_search_locations[0]).glob("**/vendor/manifest.json"))


if __name__ == "__main__":
    problems = [text for manifest in [*manifests(), *map(Path, sys.argv[1:])] for text in deviations(manifest)]
    print("\n".join(problems) or "Vendored files: as in their manifests.")
    sys.exit(1 if problems else 0)
