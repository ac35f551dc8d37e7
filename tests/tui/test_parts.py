"""The dashboard is put together from parts: hardly any class stands on another one of ours."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import rectify_tui
from rectify_tui import tui

MODULES = [info.name for info in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}.")]
CLASSES = sorted(
    {
        each
        for name in MODULES
        for each in vars(importlib.import_module(name)).values()
        if inspect.isclass(each) and each.__module__ == name
    },
    key=lambda each: (each.__module__, each.__qualname__),
)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_no_class_stands_on_more_than_two_others_of_ours(cls):
    ours = [base for base in cls.__mro__[1:] if base.__module__.startswith(rectify_tui.__name__)]
    assert len(ours) <= 2, [base.__name__ for base in ours]
