"""Columns as a data frame of the library that the caller uses."""

from __future__ import annotations

import datetime
import importlib
import json
from typing import Any, Callable, NamedTuple


class Column(NamedTuple):
    """A column of a table: type is text, date, whole, real or flag; None stands where there is nothing."""

    name: str
    type: str
    unit: str
    meaning: str
    values: list


def frame(columns: list[Column], library: str) -> Any:
    """The columns as a frame of `library`: pandas, polars, pyarrow, or dict for none."""
    if library not in MAKERS:
        raise ValueError(f"there is no frame {library!r}; allowed: {', '.join(MAKERS)}")
    return MAKERS[library](columns)


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        message = f"tables as {name} need it: pip install {name}, or ask for another frame"
        raise ImportError(message) from error


def _pandas(columns: list[Column]) -> Any:
    pd = _module("pandas")
    types = {"whole": "Int64", "real": "float64", "flag": "boolean"}

    def series(column: Column) -> Any:
        if column.type == "date":
            return pd.to_datetime(pd.Series(column.values, dtype="object"))
        kind = types.get(column.type, "object")
        if None not in column.values:
            kind = {"Int64": "int64", "boolean": "bool"}.get(kind, kind)
        return pd.Series(column.values, dtype=kind)

    return pd.DataFrame({column.name: series(column) for column in columns})


def _polars(columns: list[Column]) -> Any:
    pl = _module("polars")
    types = {"text": pl.String, "date": pl.Date, "whole": pl.Int64, "real": pl.Float64, "flag": pl.Boolean}
    series = [pl.Series(column.name, _dated(column), dtype=types[column.type]) for column in columns]
    return pl.DataFrame(series)


def _pyarrow(columns: list[Column]) -> Any:
    pa = _module("pyarrow")
    types = {"text": pa.string(), "date": pa.date32(), "whole": pa.int64(), "real": pa.float64(), "flag": pa.bool_()}
    field = lambda one: pa.field(one.name, types[one.type], metadata={"unit": one.unit, "meaning": one.meaning})
    arrays = [pa.array(_dated(column), types[column.type]) for column in columns]
    return pa.table(arrays, schema=pa.schema([field(column) for column in columns]))


def _dict(columns: list[Column]) -> dict[str, list]:
    return {column.name: _dated(column) for column in columns}


def _dated(column: Column) -> list:
    if column.type != "date":
        return column.values
    return [value and datetime.date.fromisoformat(value) for value in column.values]


MAKERS: dict[str, Callable[[list[Column]], Any]] = {
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _pyarrow,
    "dict": _dict,
}


def of_lines(path: str) -> list[Column]:
    """The columns of a table that the program wrote as lines of JSON, which say of what type each value is."""
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    names = list(rows[0]) if rows else []
    return [_typed(name, [row[name] for row in rows]) for name in names]


def _typed(name: str, values: list) -> Column:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float} and kinds:
        kind = "whole" if kinds == {int} else "real"
        values = [value if value is None or kind == "whole" else float(value) for value in values]
    else:
        kind = "flag" if kinds == {bool} else "text"
    return Column(name, kind, "", "", values)
