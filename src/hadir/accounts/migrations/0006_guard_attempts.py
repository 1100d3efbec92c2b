from django.db import migrations

from hadir.tenancy.guard import ALL, GuardTable

# A code is typed before anybody is signed in, so its government must be found first; who asks holds the digest already.
ACTIVATION = """
CREATE FUNCTION accounts_activation_of(code bytea)
  RETURNS TABLE (government_id int, activation_id bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.government_id, a.id FROM public.accounts_activation a WHERE a.digest = code
$$;
REVOKE ALL ON FUNCTION accounts_activation_of(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_activation_of(bytea) TO hadir_web;
"""

# Who runs the installation sees totals of each government and no row of any.
TOTALS = """
CREATE FUNCTION accounts_totals(day date)
  RETURNS TABLE (government varchar, kind varchar, units bigint, sites bigint, people bigint, accounts bigint,
                 activated bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT g.name, g.kind,
    (SELECT count(*) FROM public.org_unit u WHERE u.government_id = g.id AND u.closed_on IS NULL),
    (SELECT count(*) FROM public.org_site s WHERE s.government_id = g.id AND s.closed_on IS NULL),
    (SELECT count(*) FROM public.org_placement p WHERE p.government_id = g.id AND p.superseded_at IS NULL
       AND p.valid_from <= day AND (p.valid_until IS NULL OR p.valid_until > day)),
    (SELECT count(*) FROM public.accounts_membership m WHERE m.government_id = g.id),
    (SELECT count(*) FROM public.accounts_membership m JOIN public.accounts_account a ON a.id = m.account_id
       WHERE m.government_id = g.id AND a.password NOT LIKE '!%')
  FROM public.tenancy_government g ORDER BY g.name
$$;
REVOKE ALL ON FUNCTION accounts_totals(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_totals(date) TO hadir_web;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_keepers_and_attempts")]
    operations = [
        GuardTable("Attempt", {"web": ALL}),
        migrations.RunSQL(ACTIVATION, "DROP FUNCTION accounts_activation_of(bytea)"),
        migrations.RunSQL(TOTALS, "DROP FUNCTION accounts_totals(date)"),
    ]
