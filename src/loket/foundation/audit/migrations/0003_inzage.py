from django.db import migrations, models
from django.db.models import F

APPEND_ONLY = """
create trigger append_only before update or delete on loket_audit_inzage
    for each row execute function loket_audit_append_only();
create trigger append_only_whole before truncate on loket_audit_inzage
    for each statement execute function loket_audit_append_only();
"""
UNDO = "drop trigger append_only on loket_audit_inzage; drop trigger append_only_whole on loket_audit_inzage;"


class Migration(migrations.Migration):
    """Who looked, apart from what was looked at; and the indexes of the pages for who watches over the use."""

    dependencies = [("loket_audit", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Inzage",
            fields=[
                ("trace_id", models.UUIDField(primary_key=True, serialize=False)),
                ("medewerker", models.UUIDField()),
            ],
            options={
                "db_table": "loket_audit_inzage",
                "indexes": [models.Index(F("medewerker"), name="inzage_medewerker")],
            },
        ),
        migrations.AddIndex(
            model_name="handeling",
            index=models.Index(F("organisatie"), F("tijd").desc(), F("id").desc(), name="handeling_organisatie"),
        ),
        migrations.AddIndex(
            model_name="handeling",
            index=models.Index(F("actor"), F("tijd").desc(), F("id").desc(), name="handeling_actor"),
        ),
        migrations.AddIndex(
            model_name="dataverwerking",
            index=models.Index(F("organisatie"), F("start").desc(), F("id").desc(), name="verwerking_organisatie"),
        ),
        migrations.AddIndex(
            model_name="dataverwerking",
            index=models.Index(F("trace_id"), name="verwerking_trace"),
        ),
        migrations.RunSQL(APPEND_ONLY, UNDO),
    ]
