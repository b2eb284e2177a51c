from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('zaken', '0002_werk_nieuw'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='rol',
            index=models.Index(models.F('medewerker'), models.F('zaak'), condition=models.Q(('medewerker__isnull', False), ('omschrijving_generiek', 'belanghebbende')), name='rol_over_medewerker'),
        ),
    ]
