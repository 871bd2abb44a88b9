"""Puts the library and the command, which Swift builds, into the wheel."""

import os
import pathlib
import shutil
import subprocess
import sysconfig

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SwiftHook(BuildHookInterface):
    """Builds with Swift, unless `REPRISE_BUILT` names a folder that has the products already."""

    def initialize(self, version, build_data):
        if version == "editable":
            return
        built = pathlib.Path(os.environ.get("REPRISE_BUILT") or self._build())
        folder = pathlib.Path(self.root, ".build/wheel")
        folder.mkdir(parents=True, exist_ok=True)
        for name, target in (("libRepriseC.so", "reprise/libreprise.so"), ("reprise", None)):
            stripped = folder / name
            subprocess.run(["strip", "-o", str(stripped), str(built / name)], check=True)
            if target:
                build_data["force_include"][str(stripped)] = target
            else:
                build_data["shared_scripts"][str(stripped)] = name
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"

    def _build(self):
        if not shutil.which("swift"):
            raise RuntimeError(
                "Reprise is built with Swift 6.3, and there is no swift here: install it from "
                "https://www.swift.org/install, or install a wheel."
            )
        flags = subprocess.run(
            [pathlib.Path(self.root, "scripts/release-flags")], check=True, capture_output=True, text=True
        ).stdout.split()
        for product in ("RepriseC", "reprise"):
            subprocess.run(
                ["swift", "build", *flags, "--product", product], cwd=self.root, check=True
            )
        return pathlib.Path(self.root, ".build/release")
