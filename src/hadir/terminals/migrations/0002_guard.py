from django.db import migrations

from hadir.tenancy.guard import APPEND, READ, GuardTable

SEEN = "INSERT, SELECT (government_id, terminal_id), UPDATE (last_seen, address)"
SPOKEN = "INSERT, SELECT (serial, options, dialect), UPDATE (last_seen, address, options, dialect)"
KEPT = "INSERT, SELECT (government_id, terminal_id, sha256, query, received, table_name)"

# The gate writes for all governments; that a terminal belongs to its government is held by the composite key.
GATE = "".join(
    f"""
    CREATE POLICY gate_append ON {table} FOR INSERT TO hadir_gate WITH CHECK (true);
    CREATE POLICY gate_read ON {table} FOR SELECT TO hadir_gate USING (true);
    """
    for table in ("terminals_rawmessage", "terminals_seen")
) + """
CREATE POLICY gate_renew ON terminals_seen FOR UPDATE TO hadir_gate USING (true) WITH CHECK (true);
CREATE VIEW gate_terminal AS
  SELECT government_id, id, serial::text AS serial,
    CASE zone WHEN 'WIB' THEN 420 WHEN 'WITA' THEN 480 WHEN 'WIT' THEN 540 END AS zone_minutes,
    networks::text[] AS networks, state::text AS state, approved_at
  FROM terminals_terminal;
GRANT SELECT ON gate_terminal TO hadir_gate;
"""

# Contacts belong to nobody yet. Who holds the box knows its serial number; nobody else learns which terminals wait,
# and of a terminal that another government approved nothing is told at all.
CONTACT = """
CREATE FUNCTION terminals_contact_for(wanted text)
  RETURNS TABLE (serial text, first_seen timestamptz, last_seen timestamptz, address text, options text, dialect text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT contact.serial, contact.first_seen, contact.last_seen, host(contact.address), contact.options, contact.dialect
  FROM public.terminals_contact contact
  WHERE contact.serial = upper(btrim(wanted)) AND NOT EXISTS (
    SELECT FROM public.terminals_terminal terminal WHERE upper(terminal.serial) = contact.serial
      AND terminal.government_id IS DISTINCT FROM nullif(current_setting('hadir.government', true), '')::int)
$$;
REVOKE ALL ON FUNCTION terminals_contact_for(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION terminals_contact_for(text) TO hadir_web, hadir_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("terminals", "0001_initial"), ("clocking", "0003_events_and_guard")]
    operations = [
        GuardTable("Contact", {"gate": SPOKEN, "worker": "SELECT, DELETE"}),
        GuardTable("Terminal", {"web": "SELECT, INSERT, UPDATE", "worker": READ}),
        GuardTable("Seen", {"web": READ, "worker": READ, "gate": SEEN}),
        GuardTable("RawMessage", {"web": READ, "worker": "SELECT, UPDATE (absorbed_at)", "gate": KEPT}),
        GuardTable("Punch", {"web": READ, "worker": "SELECT, INSERT, UPDATE (person_id, event_id, event_at)"}),
        GuardTable("BadRow", {"web": READ, "worker": APPEND}),
        GuardTable("Pin", {"web": "SELECT, INSERT, UPDATE", "worker": READ}, exclusive=("pin", "scope")),
        migrations.RunSQL(GATE, "DROP VIEW gate_terminal"),
        migrations.RunSQL(CONTACT, "DROP FUNCTION terminals_contact_for(text)"),
    ]
