from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('loket_identity', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Inlogrem',
            fields=[
                ('sleutel', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('aantal', models.IntegerField()),
                ('sinds', models.DateTimeField()),
            ],
            options={
                'db_table': 'loket_identity_inlogrem',
                'indexes': [models.Index(models.F('sinds'), name='inlogrem_sinds')],
            },
        ),
    ]
