"""ZTC-016 in the database: published versions of one identificatie never overlap."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogi", "0001_initial")]

    operations = [
        migrations.RunSQL("create extension if not exists btree_gist", migrations.RunSQL.noop),
        migrations.RunSQL(
            """alter table catalogi_zaaktype add constraint zaaktype_geen_overlap exclude using gist (
                   catalogus_id with =, identificatie with =,
                   daterange(begin_geldigheid, einde_geldigheid, '[]') with &&) where (not concept)""",
            "alter table catalogi_zaaktype drop constraint zaaktype_geen_overlap",
        ),
        migrations.RunSQL(
            """alter table catalogi_informatieobjecttype add constraint informatieobjecttype_geen_overlap exclude
                   using gist (catalogus_id with =, omschrijving with =,
                   daterange(begin_geldigheid, einde_geldigheid, '[]') with &&) where (not concept)""",
            "alter table catalogi_informatieobjecttype drop constraint informatieobjecttype_geen_overlap",
        ),
    ]
