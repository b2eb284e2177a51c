import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zaken", "0003_rol_over_medewerker"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="werkvoorraad",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func(models.F("x"), models.F("y"), function="point"),
                condition=models.Q(("x__isnull", False)),
                name="werk_punt",
            ),
        ),
    ]
