
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import loket.foundation.database.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('loket_identity', '0002_inlogrem'),
    ]

    operations = [
        migrations.CreateModel(
            name='Postvak',
            fields=[
                ('id', models.UUIDField(default=loket.foundation.database.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('adres', models.TextField(unique=True)),
                ('naam', models.TextField()),
                ('actief', models.BooleanField(default=True)),
                ('organisatie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='loket_identity.organisatie')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='loket_identity.team')),
            ],
            options={
                'db_table': 'loket_inbox_postvak',
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=loket.foundation.database.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('vingerafdruk', models.BinaryField()),
                ('herkomst', models.TextField()),
                ('envelop_van', models.TextField(blank=True, default='')),
                ('envelop_aan', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('sha256', models.TextField()),
                ('grootte', models.BigIntegerField()),
                ('ontvangen_op', models.DateTimeField()),
                ('stand', models.TextField(choices=[('nieuw', 'Nog niet gelezen'), ('verwerkt', 'Verwerkt'), ('quarantaine', 'Wacht op een collega'), ('afgelegd', 'Er is niets mee te doen')], default='nieuw')),
                ('reden', models.TextField(blank=True, default='')),
                ('detail', models.JSONField(blank=True, default=dict)),
                ('betreft', models.UUIDField(blank=True, null=True)),
                ('uiterlijk', models.DateField(blank=True, null=True)),
                ('gedaan_op', models.DateTimeField(blank=True, null=True)),
                ('organisatie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='loket_identity.organisatie')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='loket_identity.team')),
                ('postvak', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='loket_inbox.postvak')),
            ],
            options={
                'db_table': 'loket_inbox_post',
            },
        ),
        migrations.AddConstraint(
            model_name='postvak',
            constraint=models.CheckConstraint(condition=models.Q(('adres', django.db.models.functions.text.Lower('adres'))), name='postvak_kleine_letters'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('organisatie'), models.F('uiterlijk'), models.F('id'), condition=models.Q(('stand', 'quarantaine')), name='post_quarantaine'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('ontvangen_op'), condition=models.Q(('stand', 'nieuw')), name='post_nieuw'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('sha256'), name='post_bestand'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('betreft'), condition=models.Q(('betreft__isnull', False)), name='post_betreft'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('postvak', 'vingerafdruk'), name='post_eenmaal'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('stand__in', ('nieuw', 'verwerkt', 'quarantaine', 'afgelegd'))), name='post_stand'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stand', 'quarantaine'), _negated=True), models.Q(('team__isnull', False), ('uiterlijk__isnull', False), models.Q(('reden', ''), _negated=True)), _connector='OR'), name='post_quarantaine_heeft_eigenaar'),
        ),
    ]
