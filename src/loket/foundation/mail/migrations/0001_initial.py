
import django.db.models.deletion
import loket.foundation.database.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('loket_identity', '0002_inlogrem'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bericht',
            fields=[
                ('id', models.UUIDField(default=loket.foundation.database.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(unique=True)),
                ('betreft', models.UUIDField(blank=True, null=True)),
                ('to_address', models.TextField()),
                ('subject', models.TextField()),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True, default='')),
                ('headers', models.JSONField(blank=True, default=dict)),
                ('attachments', models.JSONField(blank=True, default=list)),
                ('state', models.TextField(choices=[('wacht', 'Wacht'), ('bezig', 'Wordt verstuurd'), ('verzonden', 'Verstuurd'), ('mislukt', 'Mislukt'), ('ingetrokken', 'Tegengehouden')], default='wacht')),
                ('oorzaak', models.TextField(blank=True, choices=[('', ''), ('server', 'De mailserver is niet bereikbaar of weigert nu alles.'), ('verbinding', 'De verbinding met de mailserver viel weg tijdens het versturen.'), ('ontvanger', 'De mailserver van de ontvanger vraagt om te wachten.'), ('geweigerd', 'Het adres bestaat niet, of de e-mail is geweigerd.'), ('inhoud', 'De e-mail kon niet worden gemaakt.'), ('instelling', 'Er is nog geen mailserver ingesteld.'), ('te_lang', 'Het lukte vijf dagen lang niet.')], default='')),
                ('last_error', models.TextField(blank=True, default='')),
                ('attempts', models.IntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('queued_at', models.DateTimeField()),
                ('next_attempt_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('message_id', models.TextField(blank=True, default='')),
                ('organisatie', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='loket_identity.organisatie')),
            ],
            options={
                'db_table': 'loket_mail_bericht',
                'indexes': [models.Index(models.F('next_attempt_at'), condition=models.Q(('state__in', ('wacht', 'bezig'))), name='bericht_wachtend'), models.Index(models.F('queued_at'), condition=models.Q(('state', 'mislukt')), name='bericht_mislukt'), models.Index(models.F('organisatie'), models.F('created_at'), name='bericht_organisatie'), models.Index(models.F('betreft'), condition=models.Q(('betreft__isnull', False)), name='bericht_betreft'), models.Index(models.F('created_at'), name='bericht_tijd')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('wacht', 'bezig', 'verzonden', 'mislukt', 'ingetrokken'))), name='bericht_stand'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'verzonden')), models.Q(('state', 'verzonden'), _negated=True), _connector='OR'), name='bericht_verzonden')],
            },
        ),
    ]
