"""The shipped data is found wherever the package lies, and a wrong name is answered with the near one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import data_files
from ledger.data_files import data_directory, load_scale, load_seed, shipped_scales, shipped_seeds
from ledger.errors import NotFoundError, StoreError

ROOT = Path(__file__).resolve().parent.parent


def test_a_checkout_finds_its_data_at_the_root():
    assert data_directory() == ROOT / "db"


def test_an_installed_package_finds_its_data_inside(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "ledger"
    (package / "db" / "seeds").mkdir(parents=True)
    (tmp_path / "site-packages" / "db" / "seeds").mkdir(parents=True)
    monkeypatch.setattr(data_files, "_PACKAGE", package)
    assert data_directory() == package / "db"


def test_an_installation_without_data_says_so(tmp_path, monkeypatch):
    (tmp_path / "db").mkdir()  # some other program's
    monkeypatch.setattr(data_files, "_PACKAGE", tmp_path / "ledger")
    with pytest.raises(StoreError, match="install forecast-ledger again"):
        data_directory()


def test_what_is_shipped():
    assert shipped_seeds() == ("korybko-2024-11-11",)
    assert shipped_scales() == ("efsa", "icd-203", "ipcc-ar5", "kent", "new-zealand")
    assert all(load_scale(name)["name"] == name for name in shipped_scales())
    assert all(load_seed(name)["name"] == name for name in shipped_seeds())


def test_the_data_is_no_package():
    assert not list((ROOT / "db").rglob("__init__.py"))


@pytest.mark.parametrize(
    ("load", "name", "answer"),
    [
        (load_seed, "korybko", "no seed is named 'korybko'; did you mean 'korybko-2024-11-11'"),
        (load_seed, "zz", "no seed is named 'zz'; there are korybko-2024-11-11"),
        (load_scale, "ICD203", "no scale is named 'ICD203'; did you mean 'icd-203'"),
        (load_scale, "../seeds/korybko-2024-11-11", "no scale is named"),
        (load_scale, "", "no scale is named ''; there are efsa, icd-203, ipcc-ar5, kent, new-zealand"),
    ],
)
def test_a_wrong_name_is_answered(load, name, answer):
    with pytest.raises(NotFoundError, match=answer):
        load(name)
