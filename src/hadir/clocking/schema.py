"""The partitioned tables of taps, as SQL: append-only, one partition a month, nobody granted a partition directly."""

from __future__ import annotations

from hadir.tenancy.guard import CURRENT

TABLES = """
CREATE TABLE clocking_event (
  government_id int NOT NULL,
  at timestamptz NOT NULL,
  id bytea NOT NULL CHECK (length(id) = 32),
  person_id bigint NOT NULL,
  channel smallint NOT NULL,
  mark smallint NOT NULL DEFAULT 0,
  kind smallint NOT NULL DEFAULT 0,
  counts boolean NOT NULL,
  reason smallint NOT NULL DEFAULT 0,
  received timestamptz NOT NULL,
  proven_from timestamptz,
  site_id bigint,
  PRIMARY KEY (government_id, at, id),
  FOREIGN KEY (government_id, person_id) REFERENCES org_person (government_id, id),
  CHECK (counts = (reason = 0))
) PARTITION BY RANGE (at);
CREATE INDEX clocking_event_of_person ON clocking_event (government_id, person_id, at)
  INCLUDE (channel, mark, kind, counts, reason, site_id);
CREATE TABLE clocking_evidence (
  government_id int NOT NULL,
  at timestamptz NOT NULL,
  event_id bytea NOT NULL,
  canonical bytea NOT NULL,
  signature bytea NOT NULL,
  phone_key bytea NOT NULL,
  latitude int,
  longitude int,
  accuracy int,
  distance int,
  address inet,
  user_agent text,
  selfie_sha256 bytea,
  note text,
  received timestamptz NOT NULL,
  PRIMARY KEY (government_id, at, event_id)
) PARTITION BY RANGE (at);
CREATE TABLE clocking_photo (
  government_id int NOT NULL,
  at timestamptz NOT NULL,
  event_id bytea NOT NULL,
  received timestamptz NOT NULL,
  size int NOT NULL,
  PRIMARY KEY (government_id, at, event_id)
) PARTITION BY RANGE (at);
CREATE TABLE clocking_parked (
  government_id int NOT NULL REFERENCES tenancy_government,
  at timestamptz NOT NULL,
  id bytea NOT NULL,
  person_id bigint NOT NULL,
  channel smallint NOT NULL,
  mark smallint NOT NULL DEFAULT 0,
  kind smallint NOT NULL DEFAULT 0,
  received timestamptz NOT NULL,
  canonical bytea NOT NULL,
  signature bytea NOT NULL,
  phone_key bytea NOT NULL,
  PRIMARY KEY (government_id, at, id)
);
"""

# The functions run as the owner, so that a role that may not create tables can ask for a month and for nothing else.
FUNCTIONS = """
CREATE FUNCTION clocking_open_months() RETURNS TABLE (month date)
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT to_date(right(child.relname, 7), 'YYYY_MM')
  FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
  WHERE inhparent = 'public.clocking_event'::regclass ORDER BY 1
$$;
CREATE FUNCTION clocking_open_month(wanted date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
DECLARE
  month timestamp;
  earliest timestamp;
  latest timestamp;
  base text;
  part text;
BEGIN
  IF wanted < date '2015-01-01' OR wanted > (now() + interval '400 days')::date THEN
    RAISE EXCEPTION 'month % is outside what may be opened', wanted;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('clocking_open_month'));
  SELECT min(open.month), max(open.month) INTO earliest, latest FROM public.clocking_open_months() open;
  -- the open months are one span without gaps: the gate knows only its two ends
  FOR month IN SELECT generate_series(least(earliest, date_trunc('month', wanted::timestamp)),
                                      greatest(latest, date_trunc('month', wanted::timestamp)), interval '1 month') LOOP
    FOREACH base IN ARRAY ARRAY['clocking_event', 'clocking_evidence', 'clocking_photo'] LOOP
      part := base || to_char(month, '_YYYY_MM');
      IF to_regclass('public.' || part) IS NULL THEN
        EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
                       part, base, month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
        -- a dump reads partitions one by one; to the backup role every row is open anyway
        EXECUTE format('GRANT SELECT ON public.%I TO hadir_backup', part);
      END IF;
    END LOOP;
  END LOOP;
END $$;
CREATE FUNCTION clocking_open_span() RETURNS TABLE (lower timestamptz, upper timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT min(month)::timestamp AT TIME ZONE 'UTC', (max(month) + interval '1 month')::timestamp AT TIME ZONE 'UTC'
  FROM public.clocking_open_months()
$$;
REVOKE ALL ON FUNCTION clocking_open_month(date), clocking_open_months(), clocking_open_span() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clocking_open_month(date), clocking_open_months(), clocking_open_span() TO hadir_worker;
GRANT EXECUTE ON FUNCTION clocking_open_months(), clocking_open_span() TO hadir_web, hadir_gate, hadir_backup;
SELECT clocking_open_month((date_trunc('month', now()) + step * interval '1 month')::date)
  FROM generate_series(-3, 2) step;
"""

_APPEND = "\n".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_government ON {table} FOR SELECT TO hadir_web, hadir_worker USING (government_id = {CURRENT});
CREATE POLICY own_government_append ON {table} FOR INSERT TO hadir_web, hadir_worker
  WITH CHECK (government_id = {CURRENT});
CREATE POLICY gate_append ON {table} FOR INSERT TO hadir_gate WITH CHECK (true);
CREATE POLICY gate_read ON {table} FOR SELECT TO hadir_gate USING (true);
CREATE POLICY backup ON {table} FOR SELECT TO hadir_backup USING (true);
GRANT INSERT ON {table} TO hadir_gate;
GRANT SELECT, INSERT ON {table} TO hadir_web, hadir_worker;
GRANT SELECT ON {table} TO hadir_backup;
"""
    for table in ("clocking_event", "clocking_evidence", "clocking_photo", "clocking_parked")
)

# What the gate needs to answer a repeat with the identical receipt, and no word more.
_GATE_READS = """
GRANT SELECT (government_id, at, id, received, counts, reason, site_id) ON clocking_event TO hadir_gate;
GRANT SELECT (government_id, at, event_id) ON clocking_evidence TO hadir_gate;
GRANT SELECT (government_id, at, event_id) ON clocking_photo TO hadir_gate;
GRANT SELECT (government_id, at, id, received) ON clocking_parked TO hadir_gate;
"""

CREATE = TABLES + FUNCTIONS + _APPEND + _GATE_READS
