"""The migrations and the models say the same, and labels cannot collide."""

from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command


@pytest.mark.django_db
def test_no_model_lacks_a_migration() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, interactive=False, stdout=said)
    except (SystemExit, CommandError):
        pytest.fail(said.getvalue())


def test_each_room_has_a_label_of_its_own_that_names_it() -> None:
    labels = {config.name: config.label for config in apps.get_app_configs()}
    assert len(set(labels.values())) == len(labels)
    for room in settings.ROOMS:
        assert labels[room] in (room.rpartition(".")[2], f"loket_{room.rpartition('.')[2]}")
