import traceback
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.settings import Settings
from assistant.settings.file import load_settings


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('data = "from-file"\nhits_k = 7\n[contact]\nname = "Duty team"\n', encoding="utf-8")
    return path


def test_defaults_stand_where_nothing_is_said():
    assert load_settings().model_dump() == Settings().model_dump()


def test_an_argument_beats_the_environment_and_that_beats_the_file(file, monkeypatch):
    assert load_settings(file).data == Path("from-file")
    monkeypatch.setenv("ASSISTANT_DATA", "from-environment")
    assert load_settings(file).data == Path("from-environment")
    assert load_settings(file, data=Path("given")).data == Path("given")
    assert load_settings(file).hits_k == 7
    assert load_settings(file).contact.name == "Duty team"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hits = 3", "setting hits: there is no such setting"),
        ("hits_k = 0", "setting hits_k: Input should be greater than or equal to 1"),
        ("[contact]\nphone = '1'", "setting contact.name: Field required"),
        ("hits_k = ", "not readable TOML"),
    ],
)
def test_a_wrong_file_is_told_with_its_fix(tmp_path, text, message):
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as told:
        load_settings(path)
    assert message in str(told.value)
    assert str(path) in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigurationError, match=r"none\.toml: cannot be read"):
        load_settings(tmp_path / "none.toml")


def test_a_wrong_variable_is_told_by_its_name(monkeypatch):
    monkeypatch.setenv("ASSISTANT_HITS_K", "many")
    with pytest.raises(ConfigurationError, match="ASSISTANT_HITS_K"):
        load_settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ASSISTANT_LANGUAGE_MODEL__API_KEY", "sk-hush"),
        ("ASSISTANT_ACCESS__OIDC__CLIENT_SECRET", "sk-hush"),
        ("ASSISTANT_LANGUAGE_MODEL", '{"api_key": "sk-hush"}'),
        ("ASSISTANT_LANGUAGE_MODEL", '{"name": "m", "api_key": ["sk-hush"]}'),
        ("ASSISTANT_LANGUAGE_MODEL", '["sk-hush"]'),
        ("ASSISTANT_LANGUAGE_MODEL", '{"api_key": "sk-hush"'),
    ],
)
def test_a_wrong_setting_beside_a_secret_is_told_without_it(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError) as told:
        load_settings()
    assert "sk-hush" not in "".join(traceback.format_exception(told.value))


def test_a_setting_under_the_name_of_the_release_before_works_and_warns(tmp_path, monkeypatch):
    file = tmp_path / "settings.toml"
    file.write_text('reader = "none"\n', encoding="utf-8")
    for load in (lambda: load_settings(file), lambda: load_settings(reader="none"), lambda: Settings(reader="none")):
        with pytest.warns(FutureWarning, match="setting reader is called reranker"):
            assert load().reranker == "none"
    monkeypatch.setenv("ASSISTANT_READER", "own")
    with pytest.warns(FutureWarning, match="reader is called reranker"):
        assert load_settings(file).reranker == "own"


def test_the_current_name_of_a_setting_beats_its_old_one(monkeypatch):
    monkeypatch.setenv("ASSISTANT_READER", "own")
    monkeypatch.setenv("ASSISTANT_RERANKER", "none")
    with pytest.warns(FutureWarning):
        assert load_settings().reranker == "none"


@pytest.fixture
def secrets(tmp_path, monkeypatch):
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "access__oidc__client_secret").write_text("hush\n", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_SECRETS", str(folder))
    return folder


OIDC = '[access]\npublic_url = "https://policy.example.org"\n[access.oidc]\nissuer = "https://i.example"\nclient_id = "c"\n'


def test_a_secret_comes_from_a_file_of_its_own_and_beats_the_settings_file(secrets, tmp_path, monkeypatch):
    file = tmp_path / "settings.toml"
    file.write_text(OIDC + 'client_secret = "from-file"\n', encoding="utf-8")
    assert load_settings(file).access.oidc.client_secret.get_secret_value() == "hush"
    monkeypatch.setenv("ASSISTANT_ACCESS__OIDC__CLIENT_SECRET", "from-environment")
    assert load_settings(file).access.oidc.client_secret.get_secret_value() == "from-environment"


@pytest.mark.parametrize("name", ["client_secret", "acess__oidc__client_secret", "access__oidc__secret"])
def test_a_secret_under_a_name_of_no_setting_is_refused(secrets, tmp_path, name):
    file = tmp_path / "settings.toml"
    file.write_text(OIDC, encoding="utf-8")
    (secrets / name).write_text("loud", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=name.replace("__", r"(__|\.)")) as told:
        load_settings(file)
    assert "loud" not in "".join(traceback.format_exception(told.value))


def test_secrets_that_cannot_be_read_are_told(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_SECRETS", str(tmp_path / "none"))
    with pytest.raises(ConfigurationError, match=r"none.*ASSISTANT_SECRETS"):
        load_settings()
