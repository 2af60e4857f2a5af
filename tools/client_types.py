"""Writes the types of the Python client from the OpenAPI document: ``python tools/client_types.py`` (`make schema` runs it)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "openapi.json"
TARGET = ROOT / "deploy" / "client" / "policy_assistant_client" / "models.py"
HEAD = '''"""The objects of the API. Written by tools/client_types.py from docs/openapi.json: do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict
'''
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
LINE = 120
Schema = Mapping[str, Any]


def models_of(document: Schema) -> str:
    """Returns the module with a type for each schema of a document, in the order of their names."""
    schemas = document["components"]["schemas"]
    named = [_type(name, schemas[name]) for name in sorted(schemas)]
    aliases = [each for each in named if not each.startswith("class")]
    return (
        "\n".join([HEAD, *aliases, "", *(f"\n{each}\n" for each in named if each.startswith("class"))]).rstrip() + "\n"
    )


def _type(name: str, schema: Schema) -> str:
    if schema.get("type") != "object":
        return _wrapped(name, schema)
    required = set(schema.get("required", ()))
    fields = [
        f"    {field}: {annotation if field in required else f'NotRequired[{annotation}]'}"
        for field, annotation in ((field, _annotation(value)) for field, value in schema.get("properties", {}).items())
    ]
    words = " ".join(str(schema.get("description", name)).split("\n\n")[0].split())
    return "\n".join((f"class {name}(TypedDict):", f'    """{words}"""', "", *(fields or ["    pass"])))


def _wrapped(name: str, schema: Schema) -> str:
    """Returns an alias, a line for each value where it is long."""
    line = f"{name} = {_annotation(schema)}"
    if len(line) <= LINE or "enum" not in schema:
        return line
    return "\n".join((f"{name} = Literal[", *(f"    {json.dumps(each)}," for each in schema["enum"]), "]"))


def _annotation(schema: Schema) -> str:
    """Returns the Python type of a schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return f"Literal[{json.dumps(schema['const'])}]"
    if "enum" in schema:
        return f"Literal[{', '.join(json.dumps(each) for each in schema['enum'])}]"
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(_annotation(each) for each in schema[several]))
    kind = schema.get("type")
    if kind == "array":
        return f"list[{_annotation(schema['items']) if 'items' in schema else 'Any'}]"
    if kind == "object":
        more = schema.get("additionalProperties")
        return f"dict[str, {_annotation(more) if isinstance(more, Mapping) else 'Any'}]"
    return PLAIN.get(str(kind), "Any")


def main() -> None:
    """Writes the module."""
    TARGET.write_text(models_of(json.loads(DOCUMENT.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
