"""A job is in the queue if and only if the change that asked for it was committed."""

import pytest
from django.db import transaction
from procrastinate.exceptions import TaskNotFound

from loket.foundation.database.sql import value
from loket.foundation.jobs.queue import enqueue, job

WAITING = "select count(*) from procrastinate_jobs where task_name = 'test.werk'"


@job("test.werk")
def work(*, getal: int) -> None:
    """Nothing: only its place in the queue matters here."""


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_rolled_back_change_was_never_there() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue("test.werk", getal=1)
        raise RuntimeError
    assert value(WAITING) == 0
    with transaction.atomic():
        enqueue("test.werk", getal=1)
    assert value(WAITING) == 1


@pytest.mark.django_db(transaction=True)
def test_once_adds_no_second_waiting_job_and_leaves_the_transaction_whole() -> None:
    with transaction.atomic():
        enqueue("test.werk", once="een", getal=1)
        enqueue("test.werk", once="een", getal=2)
        enqueue("test.werk", getal=3)
    assert value(WAITING) == 2


@pytest.mark.django_db
def test_an_unknown_job_is_refused() -> None:
    with pytest.raises(TaskNotFound):
        enqueue("bestaat.niet")
