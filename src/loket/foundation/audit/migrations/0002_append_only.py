from django.db import migrations

LOGS = ("loket_audit_handeling", "loket_audit_dataverwerking")

APPEND_ONLY = """
create function loket_audit_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'The log % only grows: % is refused.', tg_table_name, tg_op;
end $$;
""" + "".join(
    f"create trigger append_only before update or delete on {log}"
    " for each row execute function loket_audit_append_only();\n"
    f"create trigger append_only_whole before truncate on {log}"
    " for each statement execute function loket_audit_append_only();\n"
    for log in LOGS
)

UNDO = "".join(
    f"drop trigger append_only on {log}; drop trigger append_only_whole on {log};" for log in LOGS
) + "drop function loket_audit_append_only();"


class Migration(migrations.Migration):
    dependencies = [("loket_audit", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
