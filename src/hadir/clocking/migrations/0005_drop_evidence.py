from django.db import migrations

# The partitions are emptied and stay: months are one span without gaps, and a late tap of an old month still finds its
# place. A row that waits outside the open months loses what was signed and keeps its identity.
DROP = """
CREATE FUNCTION clocking_drop_evidence(wanted date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
DECLARE
  month timestamp := date_trunc('month', wanted::timestamp);
  base text;
  part text;
BEGIN
  IF month > date_trunc('month', now() AT TIME ZONE 'UTC') - interval '4 months' THEN
    RAISE EXCEPTION 'month % is too young to lose what proves it', wanted;
  END IF;
  FOREACH base IN ARRAY ARRAY['clocking_evidence', 'clocking_photo'] LOOP
    part := base || to_char(month, '_YYYY_MM');
    IF to_regclass('public.' || part) IS NOT NULL THEN
      EXECUTE format('TRUNCATE public.%I', part);
    END IF;
  END LOOP;
  UPDATE public.clocking_parked SET canonical = '', signature = '', phone_key = ''
    WHERE channel = 1 AND canonical <> ''
      AND at >= month AT TIME ZONE 'UTC' AND at < (month + interval '1 month') AT TIME ZONE 'UTC';
END $$;
REVOKE ALL ON FUNCTION clocking_drop_evidence(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clocking_drop_evidence(date) TO hadir_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("clocking", "0004_least_appending")]
    operations = [migrations.RunSQL(DROP, "DROP FUNCTION clocking_drop_evidence(date)")]
