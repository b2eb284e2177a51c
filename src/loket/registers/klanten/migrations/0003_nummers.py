"""Numbers of contacts and tasks come from one sequence, so that concurrent commands never give one twice."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("klanten", "0002_initial")]

    operations = [migrations.RunSQL("create sequence klanten_nummer", "drop sequence klanten_nummer")]
