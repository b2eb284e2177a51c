"""Who calls: tokens and secrets."""

import base64
from datetime import timedelta

import jwt

from loket.foundation.access.actor import Actor
from loket.foundation.time.clock import now
from loket.registers.autorisaties import commands, queries
from loket.registers.autorisaties.models import Geheim
from tests.apiclient import GEHEIM, Client

ROOT = "/autorisaties/api/v1"


def status(client: Client, header: str) -> tuple[int, str]:
    reply = client("GET", "/applicaties", HTTP_AUTHORIZATION=header)
    assert reply.status == 200 or reply.headers["WWW-Authenticate"].startswith("Bearer")
    return reply.status, reply.json.get("code", "")


def test_without_a_good_token_nothing_is_told(client: Client) -> None:
    for header in ("", "Basic abc", "Bearer", "Bearer x.y.z", "Bearer " + "x" * 10_000):
        assert status(client, header) == (401, "not_authenticated"), header
    none = jwt.encode({"client_id": "alles", "iat": now().timestamp()}, "", algorithm="none")
    other = jwt.encode({"client_id": "alles", "iat": now().timestamp()}, GEHEIM * 2, algorithm="HS512")
    strange = base64.urlsafe_b64encode(b'{"client_id": ["alles"], "iss": {}}').rstrip(b"=").decode()
    assert status(client, f"Bearer {none.split('.')[0]}.{strange}.")[0] == 401
    for token in (none, other, client.token(client_id="niemand")):
        assert status(client, f"Bearer {token}") == (401, "invalid-jwt-signature")
    assert (
        status(Client("alles", ROOT, "een-ander-geheim-dat-ook-lang-genoeg-is"), f"Bearer {client.token()}")[0] == 200
    )
    assert Client("alles", ROOT, "een-ander-geheim-dat-ook-lang-genoeg-is")("GET", "/applicaties").status == 401


def test_a_token_lasts_an_hour(client: Client) -> None:
    nu = int(now().timestamp())
    assert status(client, f"Bearer {client.token(iat=nu - 3500)}")[0] == 200
    assert status(client, f"Bearer {client.token(iat=nu - 3700)}") == (401, "jwt-expired")
    assert status(client, f"Bearer {client.token(exp=nu - 120)}") == (401, "jwt-expired")
    assert status(client, f"Bearer {client.token(iat=nu + 30)}")[0] == 200
    assert status(client, f"Bearer {client.token(iat=nu + 300)}") == (401, "jwt-not-yet-valid")
    assert status(client, f"Bearer {client.token(iat='nu')}") == (401, "jwt-missing-iat-claim")


def test_what_the_database_cannot_keep_is_left_out(client: Client) -> None:
    for naam in ("Fenna\0 Wierda", "Fenna\ud800 Wierda"):
        body = {"clientIds": [f"c{ord(naam[5])}"], "label": "x", "heeftAlleAutorisaties": True}
        token = f"Bearer {client.token(user_representation=naam)}"
        assert client("POST", "/applicaties", body, HTTP_AUTHORIZATION=token).status == 201
        assert status(client, f"Bearer {client.token(client_id=naam)}")[0] == 401
    assert status(client, f"Bearer {client.token(iat=float('nan'))}") == (401, "jwt-missing-iat-claim")


def test_the_name_may_stand_in_iss_alone(client: Client) -> None:
    token = jwt.encode({"iss": "alles", "iat": now().timestamp()}, GEHEIM, algorithm="HS256")
    assert status(client, f"Bearer {token}")[0] == 200


def test_secrets_overlap_and_end_at_once(client: Client) -> None:
    wie = Actor.system("test")
    id = queries.id_van("alles")
    nieuw = Client("alles", ROOT, commands.geef_geheim(wie, id, overlap=timedelta(hours=1)))
    assert client("GET", "/applicaties").status == nieuw("GET", "/applicaties").status == 200
    Geheim.objects.filter(geldig_tot__isnull=False).update(geldig_tot=now())
    assert (client("GET", "/applicaties").status, nieuw("GET", "/applicaties").status) == (401, 200)
    assert commands.trek_geheimen_in(wie, id) == 1
    assert nieuw("GET", "/applicaties").status == 401


def test_a_secret_does_not_lie_readable_in_the_database(client: Client) -> None:
    assert all(GEHEIM.encode() not in bytes(each.waarde) for each in Geheim.objects.all())
