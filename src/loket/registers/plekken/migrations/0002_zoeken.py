"""Searching names that are misspelt: pg_trgm, where the database has it; the search works without."""

from django.db import migrations

ZET_AAN = """
do $$ begin
    create extension if not exists pg_trgm;
    execute 'create index plekken_straat_zoek on plekken_straat using gin (zoeknaam gin_trgm_ops)';
    execute 'create index plekken_benoemdeplek_zoek on plekken_benoemdeplek using gin (zoeknaam gin_trgm_ops)';
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
    raise notice 'pg_trgm is not available: names are compared outside the database';
end $$
"""
ZET_UIT = "drop index if exists plekken_straat_zoek; drop index if exists plekken_benoemdeplek_zoek"


class Migration(migrations.Migration):
    dependencies = [("plekken", "0001_initial")]
    operations = [migrations.RunSQL(ZET_AAN, ZET_UIT)]
