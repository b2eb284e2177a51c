"""The pages of the room web: every component, the language, and the words when something is not possible."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_every_component_stands_on_the_style_page(client: Client) -> None:
    answer = client.get("/stijl", headers={"Accept-Language": "nl"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "In uw e-mailadres staat geen @" in page
