"""What there is to choose from for a training scenario."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from api.scenarios.schema_examples import OFFERED


class ThemeOffered(BaseModel):
    """A theme."""

    id: str
    title: str
    about: str
    age_bands: list[str]
    settings: list[str]
    aims: list[str]


class AgencyOffered(BaseModel):
    """Who may be in the room."""

    id: str
    title: str
    age_bands: list[str]


class SettingOffered(BaseModel):
    """Where it may come to light."""

    id: str
    title: str
    agency: str
    age_bands: list[str]


class AimOffered(BaseModel):
    """A learning aim."""

    id: str
    title: str


class Offered(BaseModel):
    """What there is to choose from."""

    model_config = ConfigDict(json_schema_extra={"examples": [OFFERED]})

    themes: list[ThemeOffered]
    agencies: list[AgencyOffered]
    settings: list[SettingOffered]
    aims: list[AimOffered]
    difficulties: list[str]
    lengths: list[str]
    grammar: str
    """Digest of all of it; another value means other stories."""
