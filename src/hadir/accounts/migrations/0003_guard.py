from django.db import migrations

from hadir.tenancy.guard import GuardTable

# Which governments an account belongs to must be known before one is chosen, so the function sees all of them,
# and tells them of one account only.
HOMES = """
CREATE FUNCTION accounts_homes(account bigint)
  RETURNS TABLE (government_id int, government varchar, zone varchar, person_id bigint, person varchar)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT g.id, g.name, g.zone, p.id, p.name
  FROM public.accounts_membership m
  JOIN public.tenancy_government g ON g.id = m.government_id
  JOIN public.org_person p ON p.government_id = m.government_id AND p.id = m.person_id
  WHERE m.account_id = account ORDER BY g.id
$$;
REVOKE ALL ON FUNCTION accounts_homes(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_homes(bigint) TO hadir_web, hadir_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_persons"), ("org", "0002_guard")]
    operations = [
        GuardTable("Account"),
        GuardTable("SignInName"),
        GuardTable("Membership"),
        GuardTable("Activation"),
        GuardTable("Phone"),
        GuardTable("IssuedPass"),
        GuardTable("RevokedPass", {"web": "SELECT, INSERT", "worker": "SELECT, INSERT, DELETE", "gate": "SELECT"}),
        migrations.RunSQL(HOMES, "DROP FUNCTION accounts_homes(bigint)"),
    ]
