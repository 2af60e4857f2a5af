import pytest

from assistant.errors import ConfigurationError
from assistant.settings.colour_contrast import contrast_with_white
from assistant.settings.file import load_settings


@pytest.mark.parametrize(
    ("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#0b4f6c", 8.9)]
)
def test_the_contrast_is_that_of_wcag(colour, contrast):
    assert contrast_with_white(colour) == pytest.approx(contrast, abs=0.1)


def test_a_colour_that_hides_white_text_is_refused_by_name(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('[page]\ncolour = "#ffdd00"\n')
    with pytest.raises(ConfigurationError, match=r"page\.colour: white text on #ffdd00 .*darken it"):
        load_settings(file)
