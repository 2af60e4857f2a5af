from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.access.safe_redirect import safe_redirect

HERE = "https://policy.example.org/sign-in"


@given(st.text(alphabet=st.sampled_from("/\\:.@?#%\t\r\n a\u2028e"), max_size=12) | st.text(max_size=30))
def test_whatever_is_asked_for_the_browser_stays_here(text):
    going = urlsplit(urljoin(HERE, safe_redirect(text).replace("\\", "/")))
    assert (going.scheme, going.netloc) == ("https", "policy.example.org")


@pytest.mark.parametrize("path", ["/", "/history", "/documents/a-1/pages/3?span=1-9&back=x#m-1"])
def test_a_path_of_this_server_is_kept(path):
    assert safe_redirect(path) == path


@pytest.mark.parametrize(
    "other", ["", "history", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb"]
)
def test_anything_else_leads_home(other):
    assert safe_redirect(other) == "/"
