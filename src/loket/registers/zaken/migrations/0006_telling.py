"""How many zaken there are of each zaaktype and confidentiality, kept by the database: an exact count without counting.

Each statement adds rows with what it changed, so that two who write never wait for each other; a job adds them up.
"""

from django.db import migrations

FUNCTIE = """
create function zaken_tel() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into zaken_telling (organisatie_id, zaaktype_id, va_rang, aantal)
            select organisatie_id, zaaktype_id, va_rang, count(*) from nieuw group by 1, 2, 3;
    elsif tg_op = 'DELETE' then
        insert into zaken_telling (organisatie_id, zaaktype_id, va_rang, aantal)
            select organisatie_id, zaaktype_id, va_rang, -count(*) from oud group by 1, 2, 3;
    elsif tg_op = 'TRUNCATE' then
        truncate zaken_telling;
    else
        insert into zaken_telling (organisatie_id, zaaktype_id, va_rang, aantal)
            select organisatie_id, zaaktype_id, va_rang, sum(n) from (
                select organisatie_id, zaaktype_id, va_rang, 1 as n from nieuw
                union all select organisatie_id, zaaktype_id, va_rang, -1 from oud) as beide
            group by 1, 2, 3 having sum(n) <> 0;
    end if;
    return null;
end $$;
create trigger zaken_tel_bij after insert on zaken_zaak referencing new table as nieuw
    for each statement execute function zaken_tel();
create trigger zaken_tel_af after delete on zaken_zaak referencing old table as oud
    for each statement execute function zaken_tel();
create trigger zaken_tel_leeg after truncate on zaken_zaak for each statement execute function zaken_tel();
create trigger zaken_tel_om after update on zaken_zaak referencing old table as oud new table as nieuw
    for each statement execute function zaken_tel();
"""


class Migration(migrations.Migration):
    dependencies = [("zaken", "0005_api")]

    operations = [
        migrations.RunSQL(
            """create table zaken_telling (organisatie_id uuid not null, zaaktype_id uuid not null,
                   va_rang smallint not null, aantal bigint not null);
               create index zaken_telling_van on zaken_telling (organisatie_id, zaaktype_id, va_rang);
               insert into zaken_telling select organisatie_id, zaaktype_id, va_rang, count(*) from zaken_zaak
                   group by 1, 2, 3;""",
            "drop table zaken_telling",
        ),
        migrations.RunSQL(FUNCTIE, "drop function zaken_tel() cascade"),
    ]
