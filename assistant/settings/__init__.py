"""One frozen set of settings, built once and passed down; every default runs offline."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from assistant.old_names import current_names
from assistant.settings.digest import DigestSetting
from assistant.settings.language_model import AnswerabilitySetting, EntailmentSetting, LanguageModelSetting
from assistant.settings.old_variables import from_environment
from assistant.settings.serving import AccessSetting, JudgeSetting, PageSetting, RecordsSetting, ServeSetting
from assistant.settings.sources import SourcesSetting
from assistant.settings.webhooks import WebhookName, WebhookSetting

APP = "policy-assistant"
PREFIX = "ASSISTANT_"


class ContactSetting(BaseModel):
    """A person or service to turn to."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: str
    """Name of the person or service."""
    phone: str | None = None
    """Telephone number, as it is dialled."""
    email: str | None = None
    """E-mail address."""
    hours: str | None = None
    """When they can be reached."""
    source: str | None = None
    """Where these details are published."""
    check_by: date | None = None
    """Day by which these details have to be checked again; once it has passed, the policy role sees a warning."""


EMERGENCY = ContactSetting(
    name="Police, ambulance or fire service (emergency)",
    phone="999",
    hours="24 hours a day",
    source="https://www.gov.uk/guidance/999-and-112-the-uks-national-emergency-numbers",
)
CHILDLINE = ContactSetting(
    name="Childline (children and young people)",
    phone="0800 1111",
    hours="24 hours a day",
    source="https://www.childline.org.uk/get-support/contacting-childline/",
)
NSPCC = ContactSetting(
    name="NSPCC Helpline (adults worried about a child)",
    phone="0808 800 5000",
    email="help@nspcc.org.uk",
    source="https://www.nspcc.org.uk/keeping-children-safe/our-services/nspcc-helpline/",
)
COUNCIL = ContactSetting(
    name="The local council's children's social care team (out of hours: its emergency duty team)",
    source="https://www.gov.uk/report-child-abuse-to-local-council",
)


class CardSetting(BaseModel):
    """The card of *act now*: a child in danger."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    title: str = "A child may be in danger now"
    """Heading of the card."""
    text: str = (
        "If a child is in immediate danger, call 999 now. This assistant cannot raise an alarm and nobody reads "
        "your question as it is asked. Then follow your agency's child protection procedure."
    )
    """What the card says."""
    contacts: tuple[ContactSetting, ...] = (EMERGENCY, CHILDLINE)
    """Whom to call, the first one first."""
    # "In an emergency call 999": https://www.childline.org.uk/get-support/contacting-childline/
    for_children: str = (
        "Are you a child or young person in danger? Call 999, and get to other people or a safe place if you can. If "
        "you cannot speak, press 55 when you are asked to. You can talk to Childline free at any time."
    )
    """What a child or young person who typed it reads; empty leaves it out."""
    # https://www.gov.uk/report-child-abuse-to-local-council: "If you think the child is in immediate danger call 999."
    for_parents: str = (
        "Are you a parent or carer? Call 999 now if a child is hurt, being hurt, or in danger, and stay with the child "
        "if it is safe."
    )
    """What a parent or carer who typed it reads; empty leaves it out."""
    translations: dict[str, str] = {}
    """The whole card in other languages, by code (such as `pl`, `cy`, `ur`), shown beside the English where that language is recognised."""


class TodayCardSetting(CardSetting):
    """The card of *act today*: a disclosure, an injury, an allegation, a missing child, thoughts of suicide."""

    title: str = "Tell somebody about this today"
    """Heading of the card."""
    # Working Together to Safeguard Children 2023, chapter 3, on referrals ("immediately if there is a concern that the
    # child is suffering significant harm or is likely to do so"); Keeping Children Safe in Education, part one ("act on
    # them immediately", "never promise a child that they will not tell anyone") and part four, on allegations against
    # staff; What to do if you're worried a child is being abused (2015), on not investigating.
    text: str = (
        "Do not wait: tell your designated safeguarding lead or the local children's social care team today, out of hours "
        "the emergency duty team, and call 999 if a child may be in danger now. Listen, do not promise to keep it "
        "secret, do not investigate or confront anybody, and write down what was said in the person's own words. If it "
        "is about somebody who works with children, tell the head or manager or the designated officer (LADO), not the "
        "person concerned. Nobody reads your question as it is asked."
    )
    """What the card says."""
    contacts: tuple[ContactSetting, ...] = (COUNCIL, NSPCC, CHILDLINE)
    """Whom to tell, the first one first; put local numbers here, those out of hours too."""
    # https://www.childline.org.uk/info-advice/bullying-abuse-safety/getting-help/
    for_children: str = (
        "Are you a child or young person? It is not your fault, and you do not have to deal with it alone. Tell an adult "
        "you trust today, or talk to Childline free at any time. If you are in danger or might hurt yourself, call 999."
    )
    """What a child or young person who typed it reads; empty leaves it out."""
    # https://www.nspcc.org.uk/keeping-children-safe/reporting-abuse/what-to-do-child-reveals-abuse/
    for_parents: str = (
        "Are you a parent, carer or neighbour? You can tell the children's social care team or the NSPCC Helpline what "
        "worries you, without being sure."
    )
    """What a parent, carer or neighbour who typed it reads; empty leaves it out."""


CALIBRATIONS = {("tuned", "none"): "calibration-tuned.json", ("tuned", "own"): "calibration-tuned-reranker.json"}
"""The packaged calibrations by embedder and reranker; any other pair takes that of the packaged embedder."""


class Settings(BaseSettings):
    """Settings of the assistant, from ``ASSISTANT_...`` variables, a TOML file or arguments.

    Names carry their unit. Unknown names are refused.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="forbid", hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )  # fmt: skip

    data: Path = Path("data")
    """Data folder: library, indexes, lock, logs."""
    cache: Path = Field(default_factory=lambda: Path(platformdirs.user_cache_dir(APP)))
    """Folder of exported model files; shared by all data folders."""
    embedder: str = "tuned"
    """``tuned`` (our own); with the extra [models]: ``minilm`` (what it was made from), or a sentence-transformers model by name."""
    embed_threads: Annotated[int, Field(ge=1)] = 2
    """Threads of the embedder and the reranker."""
    reranker: Literal["auto", "none", "own"] = "auto"
    """``own``: the project's reranker scores the first sentences too; ``auto``: where the calibration was set with it."""
    passage_tokens: Annotated[int, Field(ge=64, le=2048)] = 256
    """Most word pieces of a passage with its title and headings; never more than the encoder's window."""
    dense_k: Annotated[int, Field(ge=1, le=1000)] = 50
    """Passages looked at by vectors."""
    lexical_k: Annotated[int, Field(ge=1, le=1000)] = 50
    """Passages looked at by words."""
    rrf_k: Annotated[int, Field(ge=1)] = 30
    """Constant of reciprocal rank fusion."""
    hits_k: Annotated[int, Field(ge=1, le=100)] = 10
    """Passages used after fusion for composing an answer."""
    calibration: Path | None = None
    """Calibration file; the packaged one unless set."""
    contact: ContactSetting = ContactSetting(
        name="your agency's designated safeguarding lead or the local children's social care team"
    )
    """Whom a refusal names."""
    card: CardSetting = CardSetting()
    """The card of *act now*: a child in danger."""
    card_today: TodayCardSetting = TodayCardSetting()
    """The card of *act today*: a disclosure, an injury, an allegation, a missing child, thoughts of suicide."""
    lock_wait_s: Annotated[float, Field(ge=0)] = 30.0
    """How long a second ingest waits for the first, in seconds."""
    read_timeout_s: Annotated[float, Field(gt=0)] = 300.0
    """Longest time that reading one file may take, in seconds."""
    read_memory_mb: Annotated[int, Field(ge=128)] = 2048
    """Most memory that reading one file may use, in MB."""
    max_pages: Annotated[int, Field(ge=1)] = 3000
    """Most pages of one file."""
    ocr_pages: Annotated[int, Field(ge=0)] = 500
    """Most pages of one file that are read by OCR where they are pictures and Tesseract is installed; 0 for none."""
    max_file_mb: Annotated[int, Field(ge=1)] = 200
    """Largest file, in MB."""
    question_chars: Annotated[int, Field(ge=1)] = 2000
    """Longest question, in characters."""
    abbreviations: dict[str, tuple[str, ...]] = {}
    """Abbreviations of your organisation, each with the ways it is written out, such as ``{"ERG" = ["early response group"]}``."""
    area: tuple[str, ...] = ()
    """Area or areas that you work in, such as ``["Aldmoor"]``: local documents of that area come first, and what is quoted of another
    area's says so. A question that names an area counts before it."""
    topics: Path | None = None
    """File of the topics that the documents are expected to cover, each with questions to try; the packaged one unless set."""
    themes: Path | None = None
    """Folder of themes for training scenarios, added to those of the program."""
    wrong_answers_limit: Annotated[float, Field(gt=0, le=1)] = 0.5
    """The owner's limit: largest upper bound of wrong answers on the report set with which the assistant may serve."""
    scorecard: Path | None = None
    """Scorecard file; ``scorecard.json`` in the data folder unless set."""
    access: AccessSetting = AccessSetting()
    """Who may use the server."""
    records: RecordsSetting = RecordsSetting()
    """How long questions and outcomes are stored."""
    page: PageSetting = PageSetting()
    """Name and colours of the chat page."""
    serve: ServeSetting = ServeSetting()
    """Limits of the server."""
    webhooks: dict[WebhookName, WebhookSetting] = {}
    """Programs that are told of events, each under a name of small letters (`docs/integrate.md`)."""
    sources: SourcesSetting = SourcesSetting()
    """How sources are followed that keep themselves current (`docs/sources.md`)."""
    digest: DigestSetting = DigestSetting()
    """The digest of what sources changed, for the policy team."""
    telemetry: bool = False
    """Traces and metrics are sent to the collector that the standard variables `OTEL_...` name (`docs/telemetry.md`)."""
    language_model: LanguageModelSetting | None = None
    """Chat model that may write answers (``docs/models.md``); none by default: answers are quotes."""
    answerability: AnswerabilitySetting = AnswerabilitySetting()
    """Language model as second judge of whether the documents answer; none by default (``docs/models.md``)."""
    entailment: EntailmentSetting | None = None
    """Model that may reject written claims after the rules; none by default."""
    judge: JudgeSetting | None = None
    """Chat model for the judged scores of `assistant eval report`; none by default."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Returns where settings come from: arguments, then the environment, then its variables of old names."""
        old = InitSettingsSource(settings_cls, current_names(from_environment(PREFIX)))
        return init_settings, env_settings, old

    @model_validator(mode="before")
    @classmethod
    def _under_current_names(cls, values: Any) -> Any:
        return current_names(values) if isinstance(values, dict) else values

    @property
    def contacts(self) -> tuple[ContactSetting, ...]:
        """Everybody whom the page names: whom to ask, and those of both cards."""
        return (self.contact, *self.card.contacts, *self.card_today.contacts)

    @property
    def packaged_calibration(self) -> str:
        """Name of the calibration file that was set with these models; that of the packaged one for any other."""
        reranker = "own" if self.reranker == "auto" else self.reranker
        return CALIBRATIONS.get((self.embedder, reranker), "calibration.json")
