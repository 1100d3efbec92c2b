from django.db import migrations

# Who runs the installation is named by its owner alone, not by a page that was led astray.
OPERATORS = """
REVOKE UPDATE ON accounts_account FROM hadir_web, hadir_worker;
GRANT UPDATE (password, last_login, is_active, language) ON accounts_account TO hadir_web, hadir_worker;
ALTER TABLE accounts_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_account ON accounts_account TO hadir_web, hadir_worker USING (true) WITH CHECK (true);
CREATE POLICY no_new_operator ON accounts_account AS RESTRICTIVE FOR INSERT TO hadir_web, hadir_worker
  WITH CHECK (NOT is_platform_operator);
CREATE POLICY backup ON accounts_account FOR SELECT TO hadir_backup USING (true);
"""
# Only migrating writes these.
LIBRARIES = """
REVOKE INSERT, UPDATE, DELETE ON django_migrations, django_content_type FROM hadir_web, hadir_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_statistics"), ("accounts", "0004_library_tables")]
    operations = [
        migrations.RunSQL(OPERATORS, migrations.RunSQL.noop),
        migrations.RunSQL(LIBRARIES, migrations.RunSQL.noop),
    ]
