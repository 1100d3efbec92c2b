from django.db import migrations

# After thousands of rows in one transaction the planner still believes the tables empty, and a page that joins them
# takes minutes until autovacuum comes by. Only the owner may analyze, so a function of the owner's does.
STATISTICS = """
CREATE FUNCTION org_refresh_statistics() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  ANALYZE public.org_unit, public.org_person, public.org_placement, public.org_identifier;
END $$;
REVOKE ALL ON FUNCTION org_refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org_refresh_statistics() TO hadir_web, hadir_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0004_guard_upload")]
    operations = [migrations.RunSQL(STATISTICS, "DROP FUNCTION org_refresh_statistics()")]
