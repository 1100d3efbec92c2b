from django.db import migrations

# As org_refresh_statistics, for the tables that making accounts fills.
STATISTICS = """
CREATE FUNCTION accounts_refresh_statistics() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  ANALYZE public.accounts_account, public.accounts_membership, public.accounts_signinname;
END $$;
REVOKE ALL ON FUNCTION accounts_refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_refresh_statistics() TO hadir_web, hadir_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_guard_attempts")]
    operations = [migrations.RunSQL(STATISTICS, "DROP FUNCTION accounts_refresh_statistics()")]
