from django.db import migrations, models
from django.db.models.functions import Now

# Django writes Now() as statement_timestamp(), which stands still within one statement: the policy sees the default.
STAMPED = """
CREATE POLICY stamped_now ON audit_entry AS RESTRICTIVE FOR INSERT TO hadir_web, hadir_worker
  WITH CHECK (at = statement_timestamp());
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guard")]
    operations = [
        migrations.AlterField("entry", "at", models.DateTimeField(db_default=Now())),
        migrations.RunSQL(STAMPED, "DROP POLICY stamped_now ON audit_entry"),
    ]
